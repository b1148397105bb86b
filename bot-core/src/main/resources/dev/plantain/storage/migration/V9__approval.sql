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
