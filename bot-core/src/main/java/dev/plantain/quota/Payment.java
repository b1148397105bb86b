package dev.plantain.quota;

/** Which purse pays for the pictures of a request, and which for its price. */
public record Payment(Purse pictures, Purse microDollars) {
  public Purse of(Measure measure) {
    return switch (measure) {
      case PICTURES -> pictures;
      case MICRO_DOLLARS -> microDollars;
    };
  }
}
