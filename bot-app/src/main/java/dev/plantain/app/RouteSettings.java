package dev.plantain.app;

import dev.plantain.config.About;
import dev.plantain.config.Default;
import java.util.List;
import java.util.Optional;

/** Where one model is asked. */
public record RouteSettings(
    @About("Names of endpoints, the first choice first; gemini is Google's own. Empty for all.")
        @Default("")
        List<String> endpoints,
    @About("The model that stands in where none of them can serve this one now.")
        Optional<String> fallback) {}
