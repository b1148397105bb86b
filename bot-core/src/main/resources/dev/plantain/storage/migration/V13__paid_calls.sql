-- Every call to a provider that cost something, or may have.
create table paid_call (
  id ${identity},
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
create index paid_call_lost on paid_call (lost, at);
create index paid_call_of_request on paid_call (request);

-- How many requests were sent with each key in a day of its provider.
create table endpoint_day (
  line text not null,
  day text not null,
  requests bigint not null,
  primary key (line, day)
);

-- When the model is asked again, and until when.
alter table card add column retry_at bigint;
alter table card add column gives_up_at bigint;
