-- What moderators govern as one: a group with its topics, a server with its channels, or one person.
create table community (
  id ${identity},
  platform text not null,
  ref text not null,
  unique (platform, ref)
);

-- Unknown until somebody speaks there again.
alter table chat add column community_id bigint references community (id);
create index chat_community on chat (community_id);

-- The name by which others mention a member, as last seen.
alter table member add column handle text;
create index member_handle on member (platform, handle);

-- Settings hold for whole communities too.
create table setting_of_scope (
  scope text not null check (scope in ('member', 'chat', 'community')),
  scope_id bigint not null,
  name text not null,
  value text not null,
  primary key (scope, scope_id, name)
);
insert into setting_of_scope (scope, scope_id, name, value) select scope, scope_id, name, value from setting;
drop table setting;
alter table setting_of_scope rename to setting;

-- How many pictures a request asks for; each further one gets a card of its own.
alter table card add column copies integer not null default 1;
