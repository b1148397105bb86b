package dev.plantain.quota;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When a community's windows begin anew, which credits go first, and when it is quiet.
 *
 * @param resetHour 0 to 23, of the local clock
 * @param poolFirst whether the community's pool pays before a member's own credits
 */
public record CommunityTerms(
    ZoneId zone, int resetHour, boolean poolFirst, Optional<QuietHours> quietHours) {
  /** Of a community that has not said otherwise, and of the operator's rules. */
  public static final CommunityTerms DEFAULT =
      new CommunityTerms(ZoneOffset.UTC, 0, false, Optional.empty());

  public CommunityTerms {
    if (resetHour < 0 || resetHour > 23) {
      throw new IllegalArgumentException("a reset hour is 0 to 23, not " + resetHour);
    }
  }
}
