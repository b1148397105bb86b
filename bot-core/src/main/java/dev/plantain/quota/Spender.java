package dev.plantain.quota;

import java.util.Set;

/**
 * Who spends, and where. The ids are those of the database; roles are the platform's references of
 * all that the member has in the community, empty where the platform has none.
 */
public record Spender(
    long memberId, long chatId, long communityId, String platform, Set<String> roles) {
  public Spender {
    roles = Set.copyOf(roles);
  }
}
