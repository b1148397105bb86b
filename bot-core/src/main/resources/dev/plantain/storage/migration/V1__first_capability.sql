-- Times are milliseconds since 1970. Flags are 0 or 1.

-- Where people talk, and where their conversation stands.
create table chat (
  id ${identity},
  platform text not null,
  ref text not null,
  language text,
  head_turn_id bigint,
  last_turn_at bigint,
  unique (platform, ref)
);

-- The references that a chat had before its platform gave it another.
create table chat_move (
  platform text not null,
  ref text not null,
  chat_id bigint not null references chat (id),
  primary key (platform, ref)
);
create index chat_moves on chat_move (chat_id);

create table member (
  id ${identity},
  platform text not null,
  ref text not null,
  name text not null,
  language text,
  unique (platform, ref)
);

-- What is known about the pictures that lie in the blob folder.
create table blob (
  id text primary key,
  media_type text not null,
  bytes bigint not null,
  width integer not null,
  height integer not null,
  created_at bigint not null
);

-- Withdrawn: its words were refused or cancelled and are not given to a model again.
create table turn (
  id ${identity},
  chat_id bigint not null references chat (id),
  parent_id bigint references turn (id),
  author text not null check (author in ('member', 'model')),
  member_id bigint references member (id),
  model text,
  withdrawn smallint not null default 0,
  created_at bigint not null
);
create index turn_parent on turn (parent_id);

create table part (
  turn_id bigint not null references turn (id),
  position integer not null,
  words text,
  blob_id text references blob (id),
  token_blob_id text,
  token_characters bigint,
  primary key (turn_id, position),
  check ((words is null and blob_id is not null) or (words is not null and blob_id is null))
);

-- Which turn a message of the chat belongs to.
create table turn_message (
  chat_id bigint not null references chat (id),
  message text not null,
  turn_id bigint not null references turn (id),
  primary key (chat_id, message)
);

create table job (
  id ${identity},
  key text not null unique,
  kind text not null,
  lane text not null,
  tenant text not null,
  payload text not null,
  state text not null check (state in ('waiting', 'running', 'ended')),
  virtual_time bigint not null,
  not_before bigint not null,
  attempt integer not null default 0,
  interruptions integer not null default 0,
  fence bigint not null default 0,
  owner text,
  lease_until bigint,
  last_failure text,
  accepted_at bigint not null
);
create index job_lane on job (lane, id) where state <> 'ended';
create index job_due on job (kind, virtual_time, id) where state = 'waiting';
create index job_running on job (lease_until) where state = 'running';

-- How much of the queue each tenant has had; the row without a tenant is the clock of its kind.
create table job_share (
  kind text not null,
  tenant text not null,
  virtual_time bigint not null,
  primary key (kind, tenant)
);

-- The card of a request: what was asked for, and how far the job that it shows has come.
-- Follows: the turn continues from an answer that was still to come when it was accepted.
create table card (
  id ${identity},
  job_id bigint not null unique references job (id),
  chat_id bigint not null references chat (id),
  member_id bigint not null references member (id),
  turn_id bigint not null references turn (id),
  result_turn_id bigint references turn (id),
  lane text not null,
  follows smallint not null,
  request_message text,
  state text not null check (state in
    ('accepted', 'rendering', 'rendered', 'delivered', 'refused', 'failed', 'cancelled')),
  model text not null,
  ratio text,
  size text,
  language text not null,
  ending text,
  accepted_at bigint not null,
  rendering_at bigint,
  ended_at bigint
);
create index card_turn on card (turn_id);
create index card_open on card (state) where state in ('accepted', 'rendering');

-- What members attached and what is still to be fetched.
create table attachment (
  turn_id bigint not null references turn (id),
  position integer not null,
  platform text not null,
  ref text not null,
  primary key (turn_id, position)
);

-- Messages of ours: noted before they are sent, so that none is sent twice. One without a message may have arrived.
create table posting (
  key text primary key,
  chat_id bigint not null references chat (id),
  message text,
  created_at bigint not null
);
create index posting_message on posting (chat_id, message);

-- The pieces of an album that is still coming in.
create table album_piece (
  event_key text primary key,
  album text not null,
  position integer not null,
  event text not null,
  received_at bigint not null
);
create index album_pieces on album_piece (album);

create table setting (
  scope text not null check (scope in ('member', 'chat')),
  scope_id bigint not null,
  name text not null,
  value text not null,
  primary key (scope, scope_id, name)
);

-- What a member has been told and need not hear again.
create table told (
  member_id bigint not null references member (id),
  topic text not null,
  told_at bigint not null,
  primary key (member_id, topic)
);

create table unreadable_event (
  key text primary key,
  platform text not null,
  raw text not null,
  received_at bigint not null
);
