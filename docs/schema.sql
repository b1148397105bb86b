-- The schema after all migrations. Made by: ./mvnw test -pl bot-core -am -Dtest=SchemaTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden=write

CREATE TABLE access_rule (
  id integer primary key autoincrement,
  community_id bigint not null references community (id),
  chat_id bigint not null,
  effect text not null check (effect in ('denied', 'only')),
  kind text not null,
  value text not null,
  name text not null,
  unique (community_id, chat_id, kind, value, effect)
);

CREATE TABLE album_piece (
  event_key text primary key,
  album text not null,
  position integer not null,
  event text not null,
  received_at bigint not null
);

CREATE INDEX album_pieces on album_piece (album);

CREATE TABLE allowance (
  id integer primary key autoincrement,
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

CREATE INDEX allowances on allowance (community_id);

CREATE TABLE approval_rule (
  community_id bigint not null references community (id),
  kind text not null check (kind in ('over-quota', 'size', 'newcomers', 'price', 'time')),
  value text not null,
  primary key (community_id, kind, value)
);

CREATE TABLE asking (
  id integer primary key autoincrement,
  community_id bigint not null references community (id),
  member_id bigint not null references member (id),
  at bigint not null,
  likeness text not null,
  refused smallint not null
);

CREATE INDEX askings on asking (community_id, member_id, at);

CREATE INDEX askings_by_age on asking (at);

CREATE TABLE attachment (
  turn_id bigint not null references turn (id),
  position integer not null,
  platform text not null,
  ref text not null,
  primary key (turn_id, position)
);

CREATE TABLE audit_deed (
  id integer primary key autoincrement,
  at bigint not null,
  community_id bigint not null,
  chat_id bigint not null,
  member_id bigint not null,
  command text not null,
  words text not null
);

CREATE INDEX audit_deeds on audit_deed (community_id, id);

CREATE TABLE ban (
  community_id bigint not null references community (id),
  member_id bigint not null references member (id),
  until bigint,
  reason text not null,
  told_at bigint,
  primary key (community_id, member_id)
);

CREATE TABLE batch (
  id integer primary key autoincrement,
  job_id bigint not null unique references job (id),
  chat_id bigint not null references chat (id),
  member_id bigint not null references member (id),
  request_message text,
  language text not null,
  half_price smallint not null,
  ready smallint not null default 0,
  cancelled smallint not null default 0,
  accepted_at bigint not null
);

CREATE TABLE batch_item (
  card_id bigint primary key references card (id),
  batch_id bigint not null references batch (id),
  number integer not null,
  parcel_id bigint references parcel (id),
  accounted smallint not null default 0
);

CREATE INDEX batch_items on batch_item (batch_id, number);

CREATE TABLE blob (
  id text primary key,
  media_type text not null,
  bytes bigint not null,
  width integer not null,
  height integer not null,
  created_at bigint not null
);

CREATE TABLE cap_told (
  span text not null,
  started_at bigint not null,
  cap bigint not null,
  percent integer not null,
  used bigint not null,
  request bigint not null,
  primary key (span, started_at, cap, percent)
);

CREATE TABLE card (
  id integer primary key autoincrement,
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
, copies integer not null default 1, retry_at bigint, gives_up_at bigint, trouble text);

CREATE INDEX card_open on card (state) where state in ('accepted', 'rendering');

CREATE INDEX card_result on card (result_turn_id);

CREATE INDEX card_turn on card (turn_id);

CREATE TABLE chat (
  id integer primary key autoincrement,
  platform text not null,
  ref text not null,
  language text,
  head_turn_id bigint,
  last_turn_at bigint, community_id bigint references community (id),
  unique (platform, ref)
);

CREATE INDEX chat_community on chat (community_id);

CREATE TABLE chat_move (
  platform text not null,
  ref text not null,
  chat_id bigint not null references chat (id),
  primary key (platform, ref)
);

CREATE INDEX chat_moves on chat_move (chat_id);

CREATE TABLE chat_quiet_hours (
  chat_id bigint primary key,
  quiet_from text not null,
  quiet_to text not null
);

CREATE TABLE community (
  id integer primary key autoincrement,
  platform text not null,
  ref text not null,
  unique (platform, ref)
);

CREATE TABLE community_terms (
  community_id bigint primary key,
  zone text not null,
  reset_hour integer not null,
  pool_first smallint not null,
  quiet_from text,
  quiet_to text
);

CREATE TABLE credit (
  community_id bigint not null,
  member_id bigint not null,
  pictures bigint not null check (pictures >= 0),
  micro_dollars bigint not null check (micro_dollars >= 0),
  primary key (community_id, member_id)
);

CREATE TABLE done_command (
  key text primary key,
  said text not null,
  done_at bigint not null
);

CREATE INDEX done_commands on done_command (done_at);

CREATE TABLE duty_chat (
  community_id bigint not null references community (id),
  duty text not null,
  chat_id bigint not null references chat (id),
  primary key (community_id, duty)
);

CREATE TABLE duty_code (
  code text primary key,
  community_id bigint not null references community (id),
  duty text not null,
  chat_id bigint not null references chat (id),
  expires_at bigint not null
);

CREATE TABLE endpoint_day (
  line text not null,
  day text not null,
  requests bigint not null,
  primary key (line, day)
);

CREATE TABLE first_seen (
  community_id bigint not null references community (id),
  member_id bigint not null references member (id),
  at bigint not null,
  primary key (community_id, member_id)
);

CREATE INDEX newcomers on first_seen (community_id, at);

CREATE TABLE gathered_picture (
  id integer primary key autoincrement,
  chat_id bigint not null references chat (id),
  member_id bigint not null references member (id),
  platform text not null,
  ref text not null,
  media_type text,
  bytes bigint,
  gathered_at bigint not null
, turn_id bigint);

CREATE INDEX gathered_pictures on gathered_picture (chat_id, member_id);

CREATE TABLE held_request (
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

CREATE INDEX held_waiting on held_request (community_id) where outcome is null;

CREATE TABLE held_word (
  id integer primary key autoincrement,
  community_id bigint not null references community (id),
  word text not null,
  unique (community_id, word)
);

CREATE TABLE improvement (
  id integer primary key autoincrement,
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

CREATE INDEX improvements_by_age on improvement (at);

CREATE INDEX improvements_of_member on improvement (member_id, at);

CREATE TABLE job (
  id integer primary key autoincrement,
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

CREATE INDEX job_due on job (kind, virtual_time, id) where state = 'waiting';

CREATE INDEX job_lane on job (lane, id) where state <> 'ended';

CREATE INDEX job_running on job (lease_until) where state = 'running';

CREATE TABLE job_share (
  kind text not null,
  tenant text not null,
  virtual_time bigint not null,
  primary key (kind, tenant)
);

CREATE TABLE ledger_entry (
  id integer primary key autoincrement,
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

CREATE INDEX ledger_accepted on ledger_entry (accepted_at);

CREATE INDEX ledger_of_chat on ledger_entry (chat_id, accepted_at);

CREATE INDEX ledger_of_community on ledger_entry (community_id, accepted_at);

CREATE INDEX ledger_of_member on ledger_entry (community_id, member_id, accepted_at);

CREATE TABLE log_state (
  community_id bigint primary key references community (id),
  seen bigint not null,
  up_to bigint,
  not_before bigint not null,
  failing_since bigint
);

CREATE TABLE made_before (
  asked text not null,
  community_id bigint not null references community (id),
  turn_id bigint not null references turn (id),
  made_at bigint not null,
  primary key (asked, community_id)
);

CREATE INDEX made_before_by_age on made_before (made_at);

CREATE TABLE member (
  id integer primary key autoincrement,
  platform text not null,
  ref text not null,
  name text not null,
  language text, handle text,
  unique (platform, ref)
);

CREATE INDEX member_handle on member (platform, handle);

CREATE TABLE member_role (
  member_id bigint not null references member (id),
  community_id bigint not null references community (id),
  role text not null,
  primary key (member_id, community_id, role)
);

CREATE TABLE paid_call (
  id integer primary key autoincrement,
  at bigint not null,
  request bigint not null,
  endpoint text not null,
  model text not null,
  size text not null,
  pictures integer not null,
  micro_dollars bigint not null,
  basis text not null check (basis in ('told', 'agreed', 'tokens', 'listed', 'perhaps')),
  lost smallint not null
);

CREATE INDEX paid_call_lost on paid_call (lost, at);

CREATE INDEX paid_call_of_request on paid_call (request);

CREATE TABLE parcel (
  id integer primary key autoincrement,
  batch_id bigint not null references batch (id),
  label text not null unique,
  line text,
  name text,
  tried_at bigint,
  tried_line text,
  sent_at bigint,
  ended smallint not null default 0
);

CREATE INDEX parcels on parcel (batch_id);

CREATE TABLE part (
  turn_id bigint not null references turn (id),
  position integer not null,
  words text,
  blob_id text references blob (id),
  token_blob_id text,
  token_characters bigint,
  primary key (turn_id, position),
  check ((words is null and blob_id is not null) or (words is not null and blob_id is null))
);

CREATE INDEX part_pictures on part (blob_id) where blob_id is not null;

CREATE TABLE posting (
  key text primary key,
  chat_id bigint not null references chat (id),
  message text,
  created_at bigint not null
);

CREATE INDEX posting_message on posting (chat_id, message);

CREATE TABLE prechecked (
  turn_id bigint primary key references turn (id),
  likeness text not null
);

CREATE TABLE report (
  card_id bigint not null references card (id),
  member_id bigint not null references member (id),
  reason text not null,
  reported_at bigint not null,
  primary key (card_id, member_id)
);

CREATE INDEX report_member on report (member_id, reported_at);

CREATE TABLE report_rule (
  community_id bigint primary key references community (id),
  members integer not null
);

CREATE TABLE reported (
  card_id bigint primary key references card (id),
  community_id bigint not null references community (id),
  hidden smallint not null default 0,
  covered smallint not null default 0,
  decided_by bigint references member (id),
  changes bigint not null default 0
);

CREATE TABLE reservation (
  request bigint primary key
);

CREATE TABLE role_name (
  community_id bigint not null references community (id),
  role text not null,
  name text not null,
  primary key (community_id, role)
);

CREATE TABLE rule_change (
  id integer primary key autoincrement,
  at bigint not null,
  by_member_id bigint not null,
  scope text not null,
  community_id bigint,
  old_rule bigint,
  new_rule bigint,
  old_words text,
  new_words text
);

CREATE INDEX rule_changes on rule_change (community_id, id);

CREATE TABLE "setting" (
  scope text not null check (scope in ('member', 'chat', 'community')),
  scope_id bigint not null,
  name text not null,
  value text not null,
  primary key (scope, scope_id, name)
);

CREATE TABLE spam_rule (
  community_id bigint not null references community (id),
  kind text not null check (kind in ('floods', 'repeats', 'refusals', 'newcomers')),
  most integer not null,
  window_ms bigint not null,
  pause_ms bigint not null,
  primary key (community_id, kind)
);

CREATE TABLE spending (
  place text not null,
  level integer not null,
  start bigint not null,
  pictures bigint not null,
  micro_dollars bigint not null,
  primary key (place, level, start)
) without rowid;

CREATE TABLE spending_of_model (
  place text not null,
  level integer not null,
  start bigint not null,
  model text not null,
  size text not null,
  pictures bigint not null,
  micro_dollars bigint not null,
  primary key (place, level, start, model, size)
) without rowid;

CREATE TABLE told (
  member_id bigint not null references member (id),
  topic text not null,
  told_at bigint not null,
  primary key (member_id, topic)
);

CREATE TABLE trusted_member (
  community_id bigint not null references community (id),
  member_id bigint not null references member (id),
  primary key (community_id, member_id)
);

CREATE TABLE turn (
  id integer primary key autoincrement,
  chat_id bigint not null references chat (id),
  parent_id bigint references turn (id),
  author text not null check (author in ('member', 'model')),
  member_id bigint references member (id),
  model text,
  withdrawn smallint not null default 0,
  created_at bigint not null
);

CREATE INDEX turn_parent on turn (parent_id);

CREATE TABLE turn_message (
  chat_id bigint not null references chat (id),
  message text not null,
  turn_id bigint not null references turn (id),
  primary key (chat_id, message)
);

CREATE TABLE unreadable_event (
  key text primary key,
  platform text not null,
  raw text not null,
  received_at bigint not null
);

CREATE TABLE uploaded_picture (
  line text not null,
  name text not null,
  blob_id text not null,
  uri text not null,
  media_type text not null,
  expires_at bigint not null,
  unwanted smallint not null default 0,
  primary key (line, name)
);

CREATE INDEX uploaded_pictures on uploaded_picture (blob_id, line);

CREATE INDEX uploaded_pictures_by_age on uploaded_picture (expires_at);

CREATE TABLE word_rule (
  id integer primary key autoincrement,
  community_id bigint not null references community (id),
  word text not null,
  unique (community_id, word)
);
