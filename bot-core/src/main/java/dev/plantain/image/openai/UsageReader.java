package dev.plantain.image.openai;

import dev.plantain.image.Usage;
import dev.plantain.image.wire.AnswerJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Reads {@code usage} as OpenAI's chat counts it, as its images do, and with OpenRouter's price
 * (openrouter.ai/docs, Usage Accounting): dollars as a decimal number. Who brought a key of their
 * own pays the provider besides.
 */
final class UsageReader {
  private final AnswerJson json;
  private long promptTokens;
  private long outputTokens;
  private long imageTokens;
  private long totalTokens;
  private Optional<BigDecimal> cost = Optional.empty();
  private Optional<BigDecimal> paidUpstream = Optional.empty();
  private boolean ownKey;

  UsageReader(AnswerJson json) {
    this.json = json;
  }

  Usage usage() {
    return new Usage(
        promptTokens,
        outputTokens,
        imageTokens,
        totalTokens,
        cost.map(told -> ownKey ? told.add(paidUpstream.orElse(BigDecimal.ZERO)) : told)
            .map(dollars ->
                dollars.movePointRight(6).setScale(0, RoundingMode.CEILING).longValueExact()));
  }

  void field(String name) throws IOException {
    switch (name) {
      case "prompt_tokens", "input_tokens" -> promptTokens = json.count();
      case "completion_tokens", "output_tokens" -> outputTokens = json.count();
      case "total_tokens" -> totalTokens = json.count();
      case "completion_tokens_details", "output_tokens_details" -> json.object(this::detail);
      case "cost" -> cost = json.amount().or(() -> cost);
      case "is_byok" -> ownKey = json.truth();
      case "cost_details" -> json.object(this::costDetail);
      default -> json.pass();
    }
  }

  private void detail(String name) throws IOException {
    if (name.equals("image_tokens")) {
      imageTokens = json.count();
    } else {
      json.pass();
    }
  }

  private void costDetail(String name) throws IOException {
    if (name.equals("upstream_inference_cost")) {
      paidUpstream = json.amount();
    } else {
      json.pass();
    }
  }
}
