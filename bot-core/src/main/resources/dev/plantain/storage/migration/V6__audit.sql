-- What moderators did; never updated, never deleted. It outlives the data that it speaks about.
create table audit_deed (
  id ${identity},
  at bigint not null,
  community_id bigint not null,
  chat_id bigint not null,
  member_id bigint not null,
  command text not null,
  words text not null
);
create index audit_deeds on audit_deed (community_id, id);
