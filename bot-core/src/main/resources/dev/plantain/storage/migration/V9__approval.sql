-- In which chat the cards of a duty of a community stand, such as requests that wait for approval.
create table duty_chat (
  community_id bigint not null references community (id),
  duty text not null,
  chat_id bigint not null references chat (id),
  primary key (community_id, duty)
);

-- By such a code another chat takes over a duty, once; chat_id is where the code was given out.
create table duty_code (
  code text primary key,
  community_id bigint not null references community (id),
  duty text not null,
  chat_id bigint not null references chat (id),
  expires_at bigint not null
);

-- What makes requests of a community wait for a moderator, and how long they wait.
create table approval_rule (
  community_id bigint not null references community (id),
  kind text not null check (kind in ('over-quota', 'size', 'newcomers', 'price', 'time')),
  value text not null,
  primary key (community_id, kind, value)
);

-- Words that make a request wait, folded as they are looked for.
create table held_word (
  id ${identity},
  community_id bigint not null references community (id),
  word text not null,
  unique (community_id, word)
);

-- Members whose requests do not wait.
create table trusted_member (
  community_id bigint not null references community (id),
  member_id bigint not null references member (id),
  primary key (community_id, member_id)
);

-- When members were first met in a community; before this, their first request tells it.
create table first_seen (
  community_id bigint not null references community (id),
  member_id bigint not null references member (id),
  at bigint not null,
  primary key (community_id, member_id)
);
insert into first_seen (community_id, member_id, at)
select chat.community_id, card.member_id, min(card.accepted_at)
from card join chat on chat.id = card.chat_id
where chat.community_id is not null
group by chat.community_id, card.member_id;

-- Requests that wait for a moderator as long as they have no outcome, and those that waited. The
-- edition grows with each change of what is asked for; the chat is where the moderators' card is.
create table held_request (
  card_id bigint primary key references card (id),
  community_id bigint not null references community (id),
  reasons text not null,
  until bigint not null,
  edition integer not null default 0,
  chat_id bigint references chat (id),
  outcome text check (outcome in
    ('approved', 'trusted', 'denied', 'expired', 'cancelled', 'ended')),
  by_member_id bigint references member (id)
);
create index held_waiting on held_request (community_id) where outcome is null;
