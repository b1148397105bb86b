package dev.plantain.quota;

/** How much of a measure may be spent. */
public sealed interface Limit {

  /**
   * At most this much in each window; 0 shuts.
   *
   * @param amount pictures or micro-dollars, 0 to 10^15
   */
  record AtMost(long amount, Window window) implements Limit {
    public AtMost {
      if (amount < 0 || amount > Request.MOST) {
        throw new IllegalArgumentException("a limit is 0 to " + Request.MOST + ", not " + amount);
      }
    }
  }

  /** As much as one likes: an exemption of a member or a role. */
  record Unlimited() implements Limit {}
}
