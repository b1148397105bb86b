-- Nothing here refers to another table: the ledger outlives the data that it speaks about.

-- What may be spent. An exemption has neither a window nor a limit.
create table allowance (
  id ${identity},
  scope text not null,
  community_id bigint,
  measure text not null check (measure in ('pictures', 'micro_dollars')),
  model text not null,
  size text not null,
  span text not null,
  most bigint,
  unique (scope, measure, model, size, span),
  check ((span = '' and most is null) or (span <> '' and most >= 0))
);
create index allowances on allowance (community_id);

-- Who changed which rule; never updated, never deleted.
create table rule_change (
  id ${identity},
  at bigint not null,
  by_member_id bigint not null,
  scope text not null,
  community_id bigint,
  old_rule bigint,
  new_rule bigint,
  old_words text,
  new_words text
);
create index rule_changes on rule_change (community_id, id);

create table community_terms (
  community_id bigint primary key,
  zone text not null,
  reset_hour integer not null,
  pool_first smallint not null,
  quiet_from text,
  quiet_to text
);

create table chat_quiet_hours (
  chat_id bigint primary key,
  quiet_from text not null,
  quiet_to text not null
);

-- Never updated, never deleted. What a request takes is positive, what it gets back negative; the
-- entries of a request add up to what it costs. Those without a request move credits. Counts to accepted_at.
create table ledger_entry (
  id ${identity},
  at bigint not null,
  accepted_at bigint not null,
  kind text not null,
  request bigint,
  member_id bigint not null,
  chat_id bigint,
  community_id bigint not null,
  platform text,
  turn_id bigint,
  model text,
  size text,
  purse text not null check (purse in ('allowance', 'own', 'pool')),
  pictures bigint not null,
  micro_dollars bigint not null,
  rules text not null,
  by_member_id bigint,
  other_member_id bigint,
  unique (request, kind, purse)
);
create index ledger_accepted on ledger_entry (accepted_at);
create index ledger_of_community on ledger_entry (community_id, accepted_at);
create index ledger_of_chat on ledger_entry (chat_id, accepted_at);
create index ledger_of_member on ledger_entry (member_id, accepted_at);

-- Requests that are reserved and have not ended.
create table reservation (
  request bigint primary key
);

-- Sums of the ledger by minute, hour and day (level, in minutes) for each place; model and size are
-- empty where all of them are summed up.
create table spending (
  place text not null,
  level integer not null,
  start bigint not null,
  model text not null,
  size text not null,
  pictures bigint not null,
  micro_dollars bigint not null,
  primary key (place, level, start, model, size)
);

-- Sums of the ledger: what a member has been granted and not spent; member 0 is the community's pool.
create table credit (
  community_id bigint not null,
  member_id bigint not null,
  pictures bigint not null check (pictures >= 0),
  micro_dollars bigint not null check (micro_dollars >= 0),
  primary key (community_id, member_id)
);

-- Which part of the operator's cap was said to be used up, and at which request.
create table cap_told (
  span text not null,
  started_at bigint not null,
  cap bigint not null,
  percent integer not null,
  used bigint not null,
  request bigint not null,
  primary key (span, started_at, cap, percent)
);
