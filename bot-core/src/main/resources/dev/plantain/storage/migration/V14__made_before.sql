-- What the same request made before, for those who let requests be repeated. asked: its fingerprint.
create table made_before (
  asked text not null,
  community_id bigint not null references community (id),
  turn_id bigint not null references turn (id),
  made_at bigint not null,
  primary key (asked, community_id)
);

create index made_before_by_age on made_before (made_at);
