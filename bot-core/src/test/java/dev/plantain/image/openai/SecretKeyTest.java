package dev.plantain.image.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageResult;
import dev.plantain.image.PlainRequest;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.media.MediaStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SecretKeyTest {
  private static final String KEY = LoopbackOpenAi.KEY;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void noFailureTellsTheKeyWhateverTheHeader(Authentication authentication) throws Exception {
    String echo = "it does not like " + KEY;
    for (Wire wire :
        List.of(
            new Wire.OpenAiChat(false), new Wire.OpenRouterChat(true), new Wire.OpenAiImages())) {
      try (LoopbackOpenAi server = new LoopbackOpenAi(wire, authentication, ".*")) {
        for (int code : new int[] {400, 401, 402, 403, 404, 429, 500, 503}) {
          assertHides(server, ChatAnswers.error(code, "x", echo));
        }
        assertHides(server, ChatAnswers.error(400, "content_policy_violation", echo));
        assertHides(server, ScriptedAnswer.json("{\"error\":\"" + echo + "\"}"));
        assertHides(
            server,
            ScriptedAnswer.json(ChatAnswers.completion("\"refusal\":\"" + echo + "\"", "")));
        assertHides(
            server,
            ScriptedAnswer.json(
                ChatAnswers.completion(
                    "\"content\":\"" + echo + "\"", ",\"finish_reason\":\"error\"")));
        assertHides(
            server,
            ScriptedAnswer.body(302, "text/html", "")
                .with(Map.of("Location", "http://127.0.0.1:1/?key=" + KEY)));
        assertHides(
            server,
            ScriptedAnswer.json(
                ChatAnswers.completion("\"content\":\"![](https://" + KEY + ".x/a.png)\"", "")));
        assertThat(server.endpoint().toString()).doesNotContain(KEY);
        assertThat(server.refused()).isEmpty();
      }
    }
  }

  private void assertHides(LoopbackOpenAi server, ScriptedAnswer answer) throws Exception {
    server.answer(answer);
    Endpoint endpoint = server.endpoint();
    ImageResult result =
        LoopbackOpenAi.model(endpoint, new MediaStore(folder)).generate(PlainRequest.of("a cat"));
    assertThat(result.toString()).doesNotContain(KEY);
    assertThat(result).isInstanceOfAny(ImageResult.Failed.class, ImageResult.Refused.class);
  }
}
