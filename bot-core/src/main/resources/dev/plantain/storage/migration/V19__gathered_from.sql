-- Of which turn a picture that was put aside is, where it is of any: what is hidden does not go along.
alter table gathered_picture add column turn_id bigint;
