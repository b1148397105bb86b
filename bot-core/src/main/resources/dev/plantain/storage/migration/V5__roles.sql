-- The roles that a member had in a community when they were last seen there.
create table member_role (
  member_id bigint not null references member (id),
  community_id bigint not null references community (id),
  role text not null,
  primary key (member_id, community_id, role)
);
