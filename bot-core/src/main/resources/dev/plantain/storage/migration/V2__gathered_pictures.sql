-- Pictures that a member has put aside for their next request.
create table gathered_picture (
  id integer primary key autoincrement,
  chat_id bigint not null references chat (id),
  member_id bigint not null references member (id),
  platform text not null,
  ref text not null,
  media_type text,
  bytes bigint,
  gathered_at bigint not null
);
create index gathered_pictures on gathered_picture (chat_id, member_id);
