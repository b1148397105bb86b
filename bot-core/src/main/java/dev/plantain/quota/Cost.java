package dev.plantain.quota;

/** Whole pictures and whole millionths of a US dollar, together; negative where they come back. */
public record Cost(long pictures, long microDollars) {
  public static final Cost NONE = new Cost(0, 0);

  public static Cost of(Measure measure, long amount) {
    return switch (measure) {
      case PICTURES -> new Cost(amount, 0);
      case MICRO_DOLLARS -> new Cost(0, amount);
    };
  }

  public long of(Measure measure) {
    return switch (measure) {
      case PICTURES -> pictures;
      case MICRO_DOLLARS -> microDollars;
    };
  }

  /**
   * Adds both measures.
   *
   * @throws ArithmeticException the sum is too large for a long
   */
  public Cost plus(Cost other) {
    return new Cost(
        Math.addExact(pictures, other.pictures), Math.addExact(microDollars, other.microDollars));
  }

  public Cost negated() {
    return new Cost(Math.negateExact(pictures), Math.negateExact(microDollars));
  }

  public Cost minus(Cost other) {
    return plus(other.negated());
  }

  boolean isNone() {
    return pictures == 0 && microDollars == 0;
  }

  boolean isNegative() {
    return pictures < 0 || microDollars < 0;
  }
}
