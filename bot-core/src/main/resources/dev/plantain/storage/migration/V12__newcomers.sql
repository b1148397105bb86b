-- Whom a community met before somebody, among those it met lately: counted at each newcomer's first request.
create index newcomers on first_seen (community_id, at);
