-- What a community takes for spam, and how long whoever sends it is shut out.
create table spam_rule (
  community_id bigint not null references community (id),
  kind text not null check (kind in ('floods', 'repeats', 'refusals', 'newcomers')),
  most integer not null,
  window_ms bigint not null,
  pause_ms bigint not null,
  primary key (community_id, kind)
);

-- Requests of the last day in communities that have such rules.
create table asking (
  id ${identity},
  community_id bigint not null references community (id),
  member_id bigint not null references member (id),
  at bigint not null,
  likeness text not null,
  refused smallint not null
);
create index askings on asking (community_id, member_id, at);
create index askings_by_age on asking (at);
