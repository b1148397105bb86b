-- Pictures that lie at providers as files. A row may outlive its picture, as the file may still have to be deleted.
create table uploaded_picture (
  line text not null,
  name text not null,
  blob_id text not null,
  uri text not null,
  media_type text not null,
  expires_at bigint not null,
  unwanted smallint not null default 0,
  primary key (line, name)
);
create index uploaded_pictures on uploaded_picture (blob_id, line);
create index uploaded_pictures_by_age on uploaded_picture (expires_at);

-- By which its members are found.
create index part_pictures on part (blob_id) where blob_id is not null;
