-- Better words that a member asked for, until they or the member's own are made into a picture.
create table improvement (
  id ${identity},
  job_id bigint not null unique,
  chat_id bigint not null references chat (id),
  member_id bigint not null references member (id),
  event text not null,
  words text not null,
  flags text not null,
  language text not null,
  improved text,
  state text not null check (state in ('asking', 'offered', 'failed', 'refused', 'taken', 'dropped')),
  taken_by bigint,
  at bigint not null
);
create index improvements_of_member on improvement (member_id, at);
create index improvements_by_age on improvement (at);

-- What a text model has let pass, so that the same is not looked at twice.
create table prechecked (
  turn_id bigint primary key references turn (id),
  likeness text not null
);
