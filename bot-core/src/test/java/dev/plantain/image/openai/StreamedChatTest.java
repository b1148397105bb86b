package dev.plantain.image.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.image.AnswerScene;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.ImageResult.Spoke;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.Painted;
import dev.plantain.image.gemini.ScriptedAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of a chat that comes in events, however it is cut and framed. */
class StreamedChatTest extends AnswerScene {
  private static final byte[] SMALL = Painted.picture("png", 3, 2, 1);

  private final LoopbackOpenAi server =
      new LoopbackOpenAi(new Wire.OpenAiChat(true), Authentication.BEARER, "/v1/chat/completions");

  @AfterEach
  void stop() {
    server.close();
    assertThat(server.refused()).isEmpty();
  }

  @Override
  protected ImageModel model() {
    return LoopbackOpenAi.model(server.endpoint(), store);
  }

  @Override
  protected void answers(ScriptedAnswer answer) {
    server.answer(answer);
  }

  @Test
  void aPictureIsReassembledFromPiecesOfEverySize() throws Exception {
    byte[] picture = Painted.picture("png", 60, 40, 5);
    for (int piece : new int[] {1, 2, 3, 7, 64, 1000, 100_000}) {
      server.answer(ChatAnswers.streamed(picture, piece));
      assertShows(asked(), picture, "Here: ");
    }
  }

  @Test
  void aLargePictureComesWholeThroughManySmallPieces() throws Exception {
    byte[] picture = new byte[6_000_000];
    new Random(1).nextBytes(picture);
    System.arraycopy(SMALL, 0, picture, 0, SMALL.length);
    server.answer(
        ScriptedAnswer.of(200, "text/event-stream", 0, out -> writeInPieces(picture, 400, out)));

    Made made = (Made) asked();

    assertThat(ChatRules.sha256(picture))
        .isEqualTo(((Part.Image) made.parts().getLast()).blob().id().sha256());
  }

  @Test
  void whereverAnAnswerIsCutItIsTheRightPictureOrGarbled() throws Exception {
    String stream =
        ChatAnswers.framed(ChatAnswers.pieces("Hi ![i](" + ChatAnswers.dataUri(SMALL) + ")", 40));
    int made = 0;
    for (int end = 0; end <= stream.length(); end++) {
      server.answer(ScriptedAnswer.body(200, "text/event-stream", stream.substring(0, end)));
      ImageResult result = asked();
      if (result instanceof Failed failed) {
        assertThat(failed.problem()).as("cut at %s", end).isEqualTo(Problem.GARBLED);
      } else {
        assertShows(result, SMALL, "Hi ");
        made++;
      }
    }
    assertThat(made).isBetween(1, 300);
  }

  @Test
  void howEventsAreFramedDoesNotMatter() throws Exception {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      byte[] picture = Painted.picture("png", 8 + random.nextInt(40), 16, seed);
      String text = "Here: ![image](" + ChatAnswers.dataUri(picture) + ")";
      String stream = framed(ChatAnswers.pieces(text, 1 + random.nextInt(2000)), random);
      byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
      server.answer(
          ScriptedAnswer.of(
              200,
              random.nextBoolean() ? "text/event-stream" : "application/json",
              0,
              out -> {
                for (int at = 0; at < bytes.length; ) {
                  int length = Math.min(bytes.length - at, 1 + random.nextInt(3000));
                  out.write(bytes, at, length);
                  out.flush();
                  at += length;
                }
              }));
      assertShows(asked(), picture, "Here: ");
    }
  }

  @Test
  void wordsInPiecesAreOneText() throws Exception {
    server.answer(ChatAnswers.events(ChatAnswers.pieces("Which \"cat\" 🐈 do you mean?", 3)));
    assertThat(((Spoke) asked()).parts())
        .containsExactly(Part.Text.of("Which \"cat\" 🐈 do you mean?"));
  }

  @Test
  void usageComesInTheLastEvent() throws Exception {
    server.answer(ChatAnswers.streamed(SMALL, 100));
    assertThat(((Made) asked()).usage().totalTokens()).isEqualTo(1302);
    assertThat(server.asked().getLast().body().path("stream_options").toString())
        .isEqualTo("{\"include_usage\":true}");
  }

  @Test
  void anAnswerInOnePieceIsReadAllTheSame() throws Exception {
    server.answer(ChatAnswers.markdown(SMALL));
    assertShows(asked(), SMALL, "Here: ");
  }

  @Test
  void anErrorInsideOfTheStreamCountsWhateverWasSaidBefore() throws Exception {
    String begun = ChatAnswers.event("\"content\":\"Let me\"", "null");
    String error = "{\"error\":{\"code\":503,\"message\":\"busy\"}}";
    server.answer(ChatAnswers.events(List.of(begun, error)));
    assertThat(((Failed) asked()).problem()).isEqualTo(Problem.OVERLOADED);
    server.answer(
        ScriptedAnswer.body(200, "text/event-stream", "data: " + begun + "\n\n" + error + "\n"));
    assertThat(((Failed) asked()).problem()).isEqualTo(Problem.OVERLOADED);
    server.answer(
        ChatAnswers.events(
            List.of(
                "{\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}],\"error\":{\"code\":\"moderation_blocked\",\"message\":\"no\"}}")));
    assertThat(((Refused) asked()).cause()).isEqualTo(Cause.REQUEST_BLOCKED);
  }

  @Test
  void aStreamWithoutItsEndIsGarbledAndEitherEndIsEnough() throws Exception {
    String said = ChatAnswers.event("\"content\":\"" + ChatAnswers.dataUri(SMALL) + "\"", "null");
    String stop = ChatAnswers.event("", "\"stop\"");
    server.answer(ScriptedAnswer.body(200, "text/event-stream", "data: " + said + "\n\n"));
    assertThat(((Failed) asked()).problem()).isEqualTo(Problem.GARBLED);
    server.answer(
        ScriptedAnswer.body(
            200, "text/event-stream", "data: " + said + "\n\ndata: " + stop + "\n\n"));
    assertThat(asked()).isInstanceOf(Made.class);
    server.answer(
        ScriptedAnswer.body(200, "text/event-stream", "data: " + said + "\n\ndata: [DONE]"));
    assertThat(asked()).isInstanceOf(Made.class);
  }

  @Test
  void nothingIsAwaitedAfterTheEnd() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    byte[] stream =
        ChatAnswers.framed(ChatAnswers.pieces(ChatAnswers.dataUri(SMALL), 50))
            .getBytes(StandardCharsets.UTF_8);
    server.answer(
        ScriptedAnswer.of(
            200,
            "text/event-stream",
            0,
            out -> {
              out.write(stream);
              out.flush();
              hold(never);
            }));
    assertThat(asked()).isInstanceOf(Made.class);
    never.countDown();
  }

  @Test
  void aStreamWithoutEndIsNotReadForEver() throws Exception {
    String words = "data: " + ChatAnswers.event("\"content\":\"a b c d e f \"", "null") + "\n\n";
    byte[] block = words.repeat(1000).getBytes(StandardCharsets.UTF_8);
    server.answer(
        ScriptedAnswer.of(
            200,
            "text/event-stream",
            0,
            out -> {
              while (true) {
                out.write(block);
              }
            }));
    assertThat(((Failed) asked()).problem()).isEqualTo(Problem.GARBLED);
  }

  private static void writeInPieces(byte[] picture, int piece, OutputStream out)
      throws IOException {
    out.write(event("![image](data:image/png;base64,"));
    for (int at = 0; at < picture.length; at += 3 * piece) {
      byte[] part = Arrays.copyOfRange(picture, at, Math.min(picture.length, at + 3 * piece));
      out.write(event(Base64.getEncoder().encodeToString(part)));
    }
    out.write(event(")"));
    out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] event(String content) {
    return ("data: " + ChatAnswers.event("\"content\":\"" + content + "\"", "null") + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Line ends, comments, names, numbers and several lines of data, as the standard allows them. */
  private static String framed(List<String> events, Random random) {
    String newline = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    StringBuilder stream = new StringBuilder(random.nextBoolean() ? "\ufeff" : "");
    List<String> all = new ArrayList<>(events);
    all.add("[DONE]");
    for (String event : all) {
      switch (random.nextInt(5)) {
        case 0 -> stream.append(": it's \"{ quoted").append(newline).append(newline);
        case 1 -> stream.append("event: message").append(newline);
        case 2 -> stream.append("id: 7\"").append(newline).append("retry: 10").append(newline);
        case 3 -> stream.append(": then").append(newline).append("unheard-of").append(newline);
        default -> stream.append(newline);
      }
      String space = random.nextBoolean() ? " " : "";
      stream
          .append("data:")
          .append(space)
          .append(event.replace(",\"choices\"", "," + newline + "data:" + space + "\"choices\""))
          .append(newline)
          .append(newline);
    }
    return stream.toString();
  }

  private static void hold(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void assertShows(ImageResult result, byte[] picture, String words) throws IOException {
    assertThat(result).isInstanceOf(Made.class);
    Made made = (Made) result;
    assertThat(made.parts()).hasSize(2);
    assertThat(made.parts().getFirst()).isEqualTo(Part.Text.of(words));
    assertThat(store.open(((Part.Image) made.parts().getLast()).blob().id()).readAllBytes())
        .isEqualTo(picture);
  }
}
