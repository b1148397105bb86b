package dev.plantain.image.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.Usage;
import dev.plantain.image.wire.Fault.Remedy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what an error of Google or of a gateway means. */
public final class FaultMapper {
  private static final int LONGEST_DETAIL = 400;
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final Pattern NO_LIMIT_LEFT = Pattern.compile("limit:\\s*0(?![\\d.])");
  private static final Pattern RETRY_IN =
      Pattern.compile("[Pp]lease (?:retry|try again) in ([0-9]{1,9}(?:\\.[0-9]{1,12})?)(ms|s)");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,12})?)(ms|s)");
  private static final Pattern SIGNATURE = Pattern.compile("thought[_ ]?signature");
  private static final Pattern IMAGE_CONFIG =
      Pattern.compile(
          "aspect ratio is not enabled|image ?size is not|unknown name \"(image_?config|aspect_?ratio|image_?size)\"");
  private static final Pattern SHAPE =
      Pattern.compile(
          "(image_config|aspect_ratio|image_size|resolution|parameter '?size'?|'size')[^.]{0,60}(not supported|unsupported|not allowed|invalid|unknown|unrecognized)"
              + "|(unsupported|invalid|unknown|unrecognized)[^.]{0,60}(image_config|aspect_ratio|image_size|resolution|'size')");
  private static final Pattern PICTURE =
      Pattern.compile("source image|input image|unsupported (mime|image)|image is not valid");

  // Google says the same of a file that is gone and of one that belongs to another key.
  private static final Pattern NO_FILE =
      Pattern.compile(
          "permission to access the file|requested entity was not found|the file \\S{1,80} is not in an active state|\\bfiles/\\S{1,60} (is |was )?(not found|does not exist|expired)");
  private static final Pattern PLACE = Pattern.compile("user location|your (country|region)");
  private static final Pattern GONE =
      Pattern.compile(
          "not found for api version|no longer available|model.{0,80}(not found|does not exist)|no available channel|无可用渠道");

  // What one-api and its forks say of a purse that is empty, of a key and of too much to do.
  private static final Pattern NO_MONEY =
      Pattern.compile(
          "(user|token) quota is not enough|insufficient (user |token )?(quota|balance|credits?)|额度不足|额度已用尽|预扣费额度失败|余额不足");
  private static final Pattern NO_KEY =
      Pattern.compile("invalid token|无效的令牌|令牌已过期|incorrect api key|no api key|未提供令牌");
  private static final Pattern TOO_MUCH =
      Pattern.compile("上游负载|负载已饱和|upstream.{0,20}(saturated|busy)");
  private static final Pattern BLOCKED =
      Pattern.compile("safety system|content[ _](policy|filter)|sensitive words|敏感词|flagged for");

  private FaultMapper() {}

  /**
   * Says what it means.
   *
   * @param httpStatus 200 for an error inside of an answer
   * @param retryAfter the header in seconds
   */
  public static Fault map(int httpStatus, Optional<ErrorBody> body, Optional<Duration> retryAfter) {
    if (body.isEmpty()) {
      return withoutBody(httpStatus, retryAfter);
    }
    ErrorBody error = body.get();
    int code = error.code().orElse(httpStatus);
    String message = error.message().toLowerCase(Locale.ROOT);
    String detail = detail(code, error);
    Optional<Fault> named = named(error, message, detail, retryAfter);
    if (named.isPresent()) {
      return named.get();
    }
    if (isNoFile(error)) {
      return new Fault(
          failed(Problem.REQUEST_REJECTED, detail), Optional.of(Remedy.WITHOUT_OLD_FILES));
    }
    if (PLACE.matcher(message).find()) {
      return fault(Problem.LOCATION_REJECTED, detail);
    }
    if (code != 429 && GONE.matcher(message).find()) {
      return fault(Problem.MODEL_GONE, detail);
    }
    if (code == 429 || error.status().equals("RESOURCE_EXHAUSTED")) {
      return exhausted(error, detail, retryAfter);
    }
    return switch (code) {
      case 400 -> badRequest(error, message, detail);
      case 401, 403 -> fault(Problem.KEY_REJECTED, detail);
      case 402 -> fault(Problem.NOT_INCLUDED, detail);
      default -> byStatus(code, detail, retryAfter);
    };
  }

  /** Whether an error says that a file is not there, or not for this key. */
  public static boolean isNoFile(ErrorBody error) {
    return NO_FILE.matcher(error.message().toLowerCase(Locale.ROOT)).find();
  }

  /** What OpenAI and the gateways after it call by name, whatever the status beside it. */
  private static Optional<Fault> named(
      ErrorBody error, String message, String detail, Optional<Duration> retryAfter) {
    return switch (error.name().toLowerCase(Locale.ROOT)) {
      case "invalid_api_key", "authentication_error", "invalid_authentication_error" ->
          Optional.of(fault(Problem.KEY_REJECTED, detail));
      case "insufficient_quota",
          "insufficient_user_quota",
          "insufficient_balance",
          "billing_hard_limit_reached",
          "pre_consume_token_quota_failed" ->
          Optional.of(fault(Problem.NOT_INCLUDED, detail));
      case "rate_limit_exceeded", "rate_limit_error" ->
          Optional.of(exhausted(error, detail, retryAfter));
      case "model_not_found" -> Optional.of(fault(Problem.MODEL_GONE, detail));
      case "content_policy_violation",
          "content_filter",
          ErrorBody.FLAGGED,
          "sensitive_words_detected" ->
          Optional.of(blocked(error, detail));
      default -> worded(error, message, detail, retryAfter);
    };
  }

  private static Optional<Fault> worded(
      ErrorBody error, String message, String detail, Optional<Duration> retryAfter) {
    // Google's words about quotas say more than these.
    if (!error.status().isEmpty()) {
      return Optional.empty();
    }
    if (NO_MONEY.matcher(message).find()) {
      return Optional.of(fault(Problem.NOT_INCLUDED, detail));
    }
    if (NO_KEY.matcher(message).find()) {
      return Optional.of(fault(Problem.KEY_REJECTED, detail));
    }
    if (TOO_MUCH.matcher(message).find()) {
      return Optional.of(
          new Fault(new Failed(Problem.OVERLOADED, retryAfter, detail), Optional.empty()));
    }
    return BLOCKED.matcher(message).find() ? Optional.of(blocked(error, detail)) : Optional.empty();
  }

  private static Fault blocked(ErrorBody error, String detail) {
    return new Fault(
        failed(Problem.REQUEST_REJECTED, detail),
        Optional.empty(),
        Optional.of(
            new Refused(Cause.REQUEST_BLOCKED, Optional.of(cut(error.message())), Usage.NONE)));
  }

  /** What an answer says that ended for want of a signature. */
  public static Fault missingSignature() {
    return new Fault(
        failed(Problem.REQUEST_REJECTED, "The answer ended with MISSING_THOUGHT_SIGNATURE"),
        Optional.of(Remedy.WITHOUT_SIGNATURES));
  }

  private static Fault withoutBody(int httpStatus, Optional<Duration> retryAfter) {
    String detail = "HTTP " + httpStatus + " without an error that we can read";
    return switch (httpStatus) {
      case 200 -> fault(Problem.GARBLED, detail);
      case 401, 403 -> fault(Problem.KEY_REJECTED, detail);
      case 402 -> fault(Problem.NOT_INCLUDED, detail);
      case 404 ->
          fault(Problem.REQUEST_REJECTED, detail + "; the base address leads to no such service");
      case 429 -> new Fault(new Failed(Problem.RATE_LIMITED, retryAfter, detail), Optional.empty());
      default -> byStatus(httpStatus, detail, retryAfter);
    };
  }

  private static Fault byStatus(int status, String detail, Optional<Duration> retryAfter) {
    Problem problem =
        switch (status) {
          case 408, 499 -> Problem.OVERLOADED;
          // The proxy in front of a gateway gave up waiting while the gateway works on.
          case 524 -> Problem.TIMED_OUT;
          default -> status >= 500 ? Problem.OVERLOADED : Problem.REQUEST_REJECTED;
        };
    return new Fault(
        new Failed(problem, problem.passing() ? retryAfter : Optional.empty(), detail),
        Optional.empty());
  }

  private static Fault badRequest(ErrorBody error, String message, String detail) {
    String reason = error.detail("ErrorInfo", "reason").map(JsonNode::asText).orElse("");
    if (reason.startsWith("API_KEY") || message.contains("api key")) {
      return fault(Problem.KEY_REJECTED, detail);
    }
    if (SIGNATURE.matcher(message).find()) {
      return new Fault(
          failed(Problem.REQUEST_REJECTED, detail), Optional.of(Remedy.WITHOUT_SIGNATURES));
    }
    if (IMAGE_CONFIG.matcher(message).find() || SHAPE.matcher(message).find()) {
      return new Fault(
          failed(Problem.REQUEST_REJECTED, detail), Optional.of(Remedy.WITHOUT_IMAGE_CONFIG));
    }
    String debug = error.detail("DebugInfo", "detail").map(JsonNode::asText).orElse("");
    if (PICTURE.matcher(message + " " + debug.toLowerCase(Locale.ROOT)).find()) {
      return fault(Problem.PICTURE_REJECTED, detail);
    }
    return fault(Problem.REQUEST_REJECTED, detail);
  }

  /** The order of gemini-cli: a limit of nothing outweighs the delay that is told beside it. */
  private static Fault exhausted(ErrorBody error, String detail, Optional<Duration> header) {
    if (NO_LIMIT_LEFT.matcher(error.message()).find()) {
      return fault(Problem.NOT_INCLUDED, detail);
    }
    String quotas = quotas(error);
    if (quotas.contains("PerDay") || quotas.contains("Daily")) {
      return fault(Problem.DAY_EXHAUSTED, detail);
    }
    Optional<Duration> wait =
        error
            .detail("RetryInfo", "retryDelay")
            .flatMap(delay -> duration(DURATION.matcher(delay.asText().strip())))
            .or(() -> duration(RETRY_IN.matcher(error.message())))
            .or(() -> header)
            .or(() ->
                quotas.contains("PerMinute")
                    ? Optional.of(Duration.ofMinutes(1))
                    : Optional.empty());
    return new Fault(new Failed(Problem.RATE_LIMITED, wait, detail), Optional.empty());
  }

  private static String quotas(ErrorBody error) {
    StringBuilder ids = new StringBuilder();
    error
        .detail("QuotaFailure", "violations")
        .ifPresent(violations ->
            violations.forEach(
                violation -> ids.append(violation.path("quotaId").asText()).append(' ')));
    return ids.toString();
  }

  private static Optional<Duration> duration(Matcher matcher) {
    if (!matcher.find()) {
      return Optional.empty();
    }
    BigDecimal millis =
        new BigDecimal(matcher.group(1)).movePointRight(matcher.group(2).equals("s") ? 3 : 0);
    Duration wait = Duration.ofMillis(millis.longValue());
    return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  private static Fault fault(Problem problem, String detail) {
    return new Fault(failed(problem, detail), Optional.empty());
  }

  private static Failed failed(Problem problem, String detail) {
    return new Failed(problem, Optional.empty(), detail);
  }

  private static String detail(int code, ErrorBody error) {
    String name = error.status().isEmpty() ? error.name() : error.status();
    return "HTTP %d%s: %s".formatted(code, name.isEmpty() ? "" : " " + name, cut(error.message()));
  }

  private static String cut(String words) {
    String line = words.replaceAll("\\s+", " ").strip();
    return line.substring(0, Math.min(line.length(), LONGEST_DETAIL));
  }
}
