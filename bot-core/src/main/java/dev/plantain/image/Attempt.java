package dev.plantain.image;

/**
 * A call to a provider that cost something, or may have.
 *
 * @param endpoint whom it is owed to, as the operator calls it
 * @param model which answered, or was asked
 * @param size the size label that was asked for; empty where there was none
 * @param pictures how many came of it
 * @param microDollars whole millionths of a US dollar
 * @param basis how we know
 */
public record Attempt(
    String endpoint, String model, String size, int pictures, long microDollars, Basis basis) {
  public Attempt {
    if (pictures < 0 || microDollars < 0) {
      throw new IllegalArgumentException(
          "an attempt does not cost " + pictures + ", " + microDollars);
    }
  }

  /** The same at what a provider takes for it in a batch; what it told is what it takes. */
  public Attempt batched() {
    return basis == Basis.TOLD
        ? this
        : new Attempt(endpoint, model, size, pictures, BatchModel.price(microDollars), basis);
  }

  /** How the cost of a call is known. */
  public enum Basis {
    /** The provider told the amount. */
    TOLD,
    /** The operator set a price for the endpoint. */
    AGREED,
    /** By the tokens that the provider counted, at the listed prices. */
    TOKENS,
    /** By the listed price of a picture. */
    LISTED,
    /** No answer came that could be used: it may have been billed, at the listed price at most. */
    PERHAPS
  }
}
