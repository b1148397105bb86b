package dev.plantain.image.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.Usage;
import dev.plantain.image.wire.Fault.Remedy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultMapperTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | INVALID_ARGUMENT    | API key not valid. Please pass a valid API key. | KEY_REJECTED
          400 | INVALID_ARGUMENT    | API key expired. Please renew the API key. | KEY_REJECTED
          400 | FAILED_PRECONDITION | User location is not supported for the API use. | LOCATION_REJECTED
          400 | INVALID_ARGUMENT    | Thinking level MINIMAL is not supported for this model. | REQUEST_REJECTED
          400 | INVALID_ARGUMENT    | Unable to process input image. | PICTURE_REJECTED
          403 | PERMISSION_DENIED   | Generative Language API has not been used in project 1 before. | KEY_REJECTED
          401 | UNAUTHENTICATED     | Request had invalid authentication credentials. | KEY_REJECTED
          499 | CANCELLED           | The operation was cancelled. | OVERLOADED
          500 | INTERNAL            | An internal error has occurred. | OVERLOADED
          503 | UNAVAILABLE         | This model is currently experiencing high demand. | OVERLOADED
          504 | DEADLINE_EXCEEDED   | Deadline expired before operation could complete. | OVERLOADED
          524 | ``                  | A timeout occurred | TIMED_OUT
          418 | ``                  | I am a teapot | REQUEST_REJECTED
          """)
  void everyErrorOfTheReferenceHasItsMeaning(
      int code, String status, String message, Problem problem) {
    Fault fault = fault(code, error(code, status, message, ""));
    assertThat(fault.result().problem()).isEqualTo(problem);
    assertThat(fault.remedy()).isEmpty();
    assertThat(fault.result().detail()).contains(message);
  }

  @Test
  void whatTheProviderRefusesForItsFormIsMended() {
    assertThat(problem(404, "models/x is not found for API version v1beta, or is not supported"))
        .isEqualTo(Problem.MODEL_GONE);
    assertThat(problem(404, "This model models/x is no longer available to new users."))
        .isEqualTo(Problem.MODEL_GONE);
    assertThat(problem(503, "No available channel for model x under group default"))
        .isEqualTo(Problem.MODEL_GONE);
    assertThat(
            remedy(
                400,
                "Image part is missing a thought_signature in content position 12, part position 1."))
        .contains(Remedy.WITHOUT_SIGNATURES);
    assertThat(remedy(400, "Got an invalid thought signature for content at index 1"))
        .contains(Remedy.WITHOUT_SIGNATURES);
    assertThat(remedy(400, "Aspect ratio is not enabled for this model"))
        .contains(Remedy.WITHOUT_IMAGE_CONFIG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | You do not have permission to access the File 1a2b3c or it may not exist.
          404 | Requested entity was not found.
          404 | The resource files/1a2b3c was not found.
          400 | The File 1a2b3c is not in an ACTIVE state and usage is not allowed.
          """)
  void aFileThatIsGoneIsNoFaultOfTheKeyAndIsMended(int code, String message) {
    assertThat(remedy(code, message)).contains(Remedy.WITHOUT_OLD_FILES);
    assertThat(problem(code, message)).isEqualTo(Problem.REQUEST_REJECTED);
  }

  @Test
  void aLimitOfNothingOutweighsTheDelayBesideIt() {
    Failed failed =
        fault(
                429,
                error(
                    429,
                    "RESOURCE_EXHAUSTED",
                    "Quota exceeded for metric: x, limit: 0, model: y\\nPlease retry in 58s.",
                    quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier")
                        + ","
                        + retry("58s")))
            .result();
    assertThat(failed.problem()).isEqualTo(Problem.NOT_INCLUDED);
    assertThat(failed.retryAfter()).isEmpty();
  }

  @Test
  void aDayThatIsUsedUpIsNotWaitedFor() {
    Failed failed =
        exhausted(
            "Quota exceeded, limit: 100",
            quota("GenerateRequestsPerDayPerProject") + "," + retry("30s"));
    assertThat(failed.problem()).isEqualTo(Problem.DAY_EXHAUSTED);
    assertThat(failed.retryAfter()).isEmpty();
  }

  @Test
  void theDelayIsTakenFromWhereverItIsTold() {
    assertThat(exhausted("x", retry("34.4s")).retryAfter()).contains(Duration.ofMillis(34_400));
    assertThat(exhausted("x", retry("34.4s").replace("@type", " @type")).retryAfter())
        .contains(Duration.ofMillis(34_400));
    assertThat(exhausted("Please retry in 48.939935699s.", "").retryAfter())
        .contains(Duration.ofMillis(48_939));
    assertThat(exhausted("Please retry in 250.5ms.", "").retryAfter())
        .contains(Duration.ofMillis(250));
    assertThat(exhausted("x", quota("GenerateRequestsPerMinutePerProjectPerModel")).retryAfter())
        .contains(Duration.ofMinutes(1));
    assertThat(exhausted("x", "").retryAfter()).isEmpty();
    assertThat(
            FaultMapper.map(503, Optional.empty(), Optional.of(Duration.ofSeconds(7)))
                .result()
                .retryAfter())
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void gatewaysWrapErrorsInManyWays() {
    String inner = error(429, "RESOURCE_EXHAUSTED", "slow down", "");
    String quoted = inner.replace("\\", "\\\\").replace("\"", "\\\"");
    for (String body :
        new String[] {
          inner,
          "[" + inner + "]",
          "{\"error\":{\"message\":\"" + quoted + "\",\"code\":\"500\",\"type\":\"x\"}}",
          "{\"error\":" + inner + "}"
        }) {
      assertThat(fault(500, body).result().problem()).as(body).isEqualTo(Problem.RATE_LIMITED);
    }
    assertThat(fault(500, "{\"error\":{\"code\":\"403\",\"message\":\"no\"}}").result().problem())
        .isEqualTo(Problem.KEY_REJECTED);
    assertThat(fault(400, "{\"error\":\"model x does not exist\"}").result().problem())
        .isEqualTo(Problem.MODEL_GONE);
    assertThat(
            fault(400, "{\"error\":{\"code\":\"model_not_found\",\"message\":\"?\"}}")
                .result()
                .problem())
        .isEqualTo(Problem.MODEL_GONE);
    assertThat(fault(502, "<html>Bad gateway</html>").result().problem())
        .isEqualTo(Problem.OVERLOADED);
    assertThat(fault(404, "<html>").result().detail()).contains("base address");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          401 | invalid_api_key | Incorrect API key provided: sk-x. | KEY_REJECTED
          401 | `` | No API key was provided. | KEY_REJECTED
          401 | new_api_error | 无效的令牌 (request id: 1) | KEY_REJECTED
          429 | insufficient_quota | You exceeded your current quota, please check your plan. | NOT_INCLUDED
          403 | insufficient_user_quota | 用户额度不足, 剩余额度: 0 | NOT_INCLUDED
          403 | one_api_error | user quota is not enough | NOT_INCLUDED
          500 | one_api_error | token quota is not enough | NOT_INCLUDED
          402 | `` | Insufficient credits. Add more using https://x | NOT_INCLUDED
          429 | rate_limit_exceeded | Rate limit reached for images per minute. | RATE_LIMITED
          400 | rate_limit_error | Slow down. | RATE_LIMITED
          429 | new_api_error | 当前分组上游负载已饱和，请稍后再试 | OVERLOADED
          404 | model_not_found | ? | MODEL_GONE
          503 | new_api_error | 当前分组 default 下对于模型 x 无可用渠道 | MODEL_GONE
          529 | overloaded_error | Overloaded | OVERLOADED
          404 | invalid_request_error | Invalid URL (POST /v1/chat) | REQUEST_REJECTED
          """)
  void whatGatewaysCallByNameIsKnown(int status, String name, String message, Problem problem) {
    Fault fault =
        fault(
            status,
            "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":\"\",\"code\":null}}"
                .formatted(message, name));
    assertThat(fault.result().problem()).isEqualTo(problem);
    assertThat(fault.ending()).isEqualTo(fault.result());
    assertThat(
            fault(
                    status,
                    "{\"error\":{\"message\":\"%s\",\"type\":\"x\",\"code\":\"%s\"}}"
                        .formatted(message, name))
                .result()
                .problem())
        .isEqualTo(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"Not that.\",\"code\":\"content_policy_violation\"}}",
        "{\"error\":{\"message\":\"Not that.\",\"code\":\"moderation_blocked\",\"type\":\"image_generation_user_error\"}}",
        "{\"error\":{\"message\":\"Not that.\",\"type\":\"content_filter\",\"code\":400}}",
        "{\"error\":{\"code\":403,\"message\":\"Not that.\",\"metadata\":{\"reasons\":[\"violence\"],\"flagged_input\":\"a\"}}}"
      })
  void whatIsBlockedForWhatItAsksIsARefusal(String body) {
    Fault fault = fault(403, body);
    assertThat(fault.ending())
        .isEqualTo(new Refused(Cause.REQUEST_BLOCKED, Optional.of("Not that."), Usage.NONE));
    assertThat(fault.remedy()).isEmpty();
  }

  @Test
  void whatTheProviderBehindAGatewaySaidCounts() {
    String google =
        error(400, "INVALID_ARGUMENT", "Unable to process input image.", "").replace("\"", "\\\"");
    assertThat(
            fault(
                    400,
                    "{\"error\":{\"message\":\"Provider returned error\",\"code\":400,\"metadata\":{\"raw\":\"%s\"}}}"
                        .formatted(google))
                .result()
                .problem())
        .isEqualTo(Problem.PICTURE_REJECTED);
    assertThat(
            fault(
                    400,
                    "{\"error\":{\"message\":\"Provider returned error\",\"metadata\":{\"raw\":\"the model x does not exist\"}}}")
                .result())
        .satisfies(failed -> {
          assertThat(failed.problem()).isEqualTo(Problem.MODEL_GONE);
          assertThat(failed.detail()).contains("Provider returned error: the model");
        });
  }

  @Test
  void howLongOpenAiTellsUsToWaitIsHeard() {
    assertThat(
            fault(
                    429,
                    "{\"error\":{\"message\":\"Rate limit reached. Please try again in 20s.\",\"code\":\"rate_limit_exceeded\"}}")
                .result()
                .retryAfter())
        .contains(Duration.ofSeconds(20));
  }

  @Test
  void aShapeThatIsNotTakenIsMended() {
    for (String message :
        new String[] {
          "image_config is not supported by this model",
          "Unknown parameter: 'size'.",
          "Invalid value for aspect_ratio"
        }) {
      assertThat(remedy(400, message)).as(message).contains(Remedy.WITHOUT_IMAGE_CONFIG);
    }
    assertThat(remedy(400, "Invalid image: the size of the file is 0")).isEmpty();
  }

  private static Failed exhausted(String message, String details) {
    return fault(429, error(429, "RESOURCE_EXHAUSTED", message, details)).result();
  }

  private static Problem problem(int code, String message) {
    return fault(code, error(code, "", message, "")).result().problem();
  }

  private static Optional<Remedy> remedy(int code, String message) {
    return fault(code, error(code, "", message, "")).remedy();
  }

  private static Fault fault(int status, String body) {
    return FaultMapper.map(status, ErrorBody.parse(body), Optional.empty());
  }

  private static String error(int code, String status, String message, String details) {
    return """
    {"error":{"code":%d,"message":"%s","status":"%s","details":[%s]}}\
    """
        .formatted(code, message, status, details);
  }

  private static String quota(String id) {
    return """
    {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"%s"}]}\
    """
        .formatted(id);
  }

  private static String retry(String delay) {
    return """
    {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}\
    """
        .formatted(delay);
  }
}
