-- Results that members reported or moderators hid. Changes counts what happened, so that each is shown; covered is
-- what the chat shows of it.
create table reported (
  card_id bigint primary key references card (id),
  community_id bigint not null references community (id),
  hidden smallint not null default 0,
  covered smallint not null default 0,
  decided_by bigint references member (id),
  changes bigint not null default 0
);

create table report (
  card_id bigint not null references card (id),
  member_id bigint not null references member (id),
  reason text not null,
  reported_at bigint not null,
  primary key (card_id, member_id)
);
create index report_member on report (member_id, reported_at);

-- So many members' reports hide a result by themselves.
create table report_rule (
  community_id bigint primary key references community (id),
  members integer not null
);

create index card_result on card (result_turn_id);

-- How far the log chat of a community has come in the record of what was done there: after seen, the deeds until
-- up_to are being posted.
create table log_state (
  community_id bigint primary key references community (id),
  seen bigint not null,
  up_to bigint,
  not_before bigint not null,
  failing_since bigint
);
