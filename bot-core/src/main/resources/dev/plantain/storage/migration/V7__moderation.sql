-- Who is shut out of a community; one whose time has run out shuts out nobody.
create table ban (
  community_id bigint not null references community (id),
  member_id bigint not null references member (id),
  until bigint,
  reason text not null,
  told_at bigint,
  primary key (community_id, member_id)
);

-- What is denied, or alone open, in a chat; in all chats of the community where chat_id is 0.
create table access_rule (
  id ${identity},
  community_id bigint not null references community (id),
  chat_id bigint not null,
  effect text not null check (effect in ('denied', 'only')),
  kind text not null,
  value text not null,
  name text not null,
  unique (community_id, chat_id, kind, value, effect)
);

-- Words that a request may not hold, folded as they are looked for.
create table word_rule (
  id ${identity},
  community_id bigint not null references community (id),
  word text not null,
  unique (community_id, word)
);
