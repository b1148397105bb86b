package dev.plantain.quota;

/**
 * Says once in a day or month of UTC that so much of the operator's cap is used up.
 *
 * @param percent 50, 80 or 100
 * @param period day or month
 * @param usedMicroDollars with the request that brought it there; at 100 that may be one refused
 */
public record CapWarning(
    Window.Period period, int percent, long usedMicroDollars, long capMicroDollars) {}
