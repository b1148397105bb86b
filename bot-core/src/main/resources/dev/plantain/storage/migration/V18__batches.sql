-- Many pictures that were asked for at once: each has a card of its own.
create table batch (
  id ${identity},
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

-- What is sent to a provider together. tried_line: where it may have arrived.
create table parcel (
  id ${identity},
  batch_id bigint not null references batch (id),
  label text not null unique,
  line text,
  name text,
  tried_at bigint,
  tried_line text,
  sent_at bigint,
  ended smallint not null default 0
);

create index parcels on parcel (batch_id);

-- accounted: what its provider takes for it is written down.
create table batch_item (
  card_id bigint primary key references card (id),
  batch_id bigint not null references batch (id),
  number integer not null,
  parcel_id bigint references parcel (id),
  accounted smallint not null default 0
);

create index batch_items on batch_item (batch_id, number);
