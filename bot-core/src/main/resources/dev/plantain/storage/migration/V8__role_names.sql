-- What the roles are called that moderators have named, as they were last called.
create table role_name (
  community_id bigint not null references community (id),
  role text not null,
  name text not null,
  primary key (community_id, role)
);

-- What commands did that must not be done twice, and what was said of it; kept for a week.
create table done_command (
  key text primary key,
  said text not null,
  done_at bigint not null
);
create index done_commands on done_command (done_at);
