package dev.plantain.quota;

import java.util.Locale;

/**
 * What somebody asks for and what it is thought to cost.
 *
 * @param number names the request for ever, such as the number of its job
 * @param size in the provider's word, in capitals, empty where none is asked for
 * @param pictures how many, at least 0
 * @param microDollars the price thought likely, at least 0
 */
public record Request(
    long number,
    Spender spender,
    long turnId,
    String model,
    String size,
    long pictures,
    long microDollars) {
  /** More than anybody will spend; sums of a billion of them still fit a long. */
  static final long MOST = 1_000_000_000L * 1_000_000L;

  public Request {
    size = size.toUpperCase(Locale.ROOT);
    if (model.isEmpty()) {
      throw new IllegalArgumentException("a request names its model");
    }
    if (pictures < 0 || microDollars < 0 || pictures > MOST || microDollars > MOST) {
      throw new IllegalArgumentException(
          "a request costs between 0 and " + MOST + ", not " + pictures + ", " + microDollars);
    }
  }

  Cost cost() {
    return new Cost(pictures, microDollars);
  }
}
