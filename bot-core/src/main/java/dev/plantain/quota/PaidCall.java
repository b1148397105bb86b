package dev.plantain.quota;

/**
 * A call to a provider that cost something, or may have.
 *
 * @param request whose it was
 * @param endpoint whom it is owed to
 * @param basis how the amount is known, as a word
 * @param lost whether nothing came of it that anybody was shown: the operator bears it
 */
public record PaidCall(
    long request,
    String endpoint,
    String model,
    String size,
    int pictures,
    long microDollars,
    String basis,
    boolean lost) {}
