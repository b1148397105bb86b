package dev.plantain.app;

import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Route;
import dev.plantain.words.Precheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code doctor} looks at of the text model and what it is for; it costs nothing. */
final class WordsExamination {
  private static final String ABOUT = "text model";

  private final OperatorSettings settings;

  WordsExamination(OperatorSettings settings) {
    this.settings = settings;
  }

  /** Reaches nobody. */
  List<Finding> findings() {
    try {
      Precheck precheck = House.precheck(settings);
      Optional<Route> route = new Ways(settings).toWords();
      return route
          .map(way -> findings(way, precheck))
          .orElseGet(() ->
              List.of(
                  new Finding.Fine(
                      ABOUT,
                      "none: /improve and the look at requests are off. TEXT_MODEL names"
                          + " one.")));
    } catch (OperatorException e) {
      return List.of(
          new Finding.Fault(ABOUT, String.valueOf(e.getMessage()), "Nothing starts until then."));
    }
  }

  private List<Finding> findings(Route route, Precheck precheck) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding.Fine(
            ABOUT,
            "%s, asked at %s; /improve is %s, and %s is looked at beforehand"
                .formatted(
                    route.model().id(),
                    route.endpoints().stream()
                        .map(Endpoint::name)
                        .collect(Collectors.joining(", then ")),
                    settings.improve().perDay() > 0
                        ? settings.improve().perDay() + " a day for each member"
                        : "off",
                    switch (precheck.looksAt()) {
                      case NOTHING -> "nothing";
                      case WORDS -> "what is written";
                      case WORDS_AND_PICTURES -> "what is written and sent";
                    })));
    boolean priced =
        route.model().prices().isPresent()
            || route.endpoints().stream().allMatch(at -> at.priceMicroDollars().isPresent());
    if (!priced) {
      findings.add(
          new Finding.Notice(
              ABOUT,
              "Its price is not known: where its answers do not tell it, it counts as nothing against"
                  + " SPENDING_PER_DAY and SPENDING_PER_MONTH.",
              "Set TEXT_INPUT_PRICE and TEXT_OUTPUT_PRICE."));
    }
    return findings;
  }
}
