-- Of which turn a picture that was put aside is, where it is of any: what is hidden does not go along.
alter table gathered_picture add column turn_id bigint;

-- Their jobs had ended, and it is the job that forgets them.
delete from improvement where state <> 'asking';
