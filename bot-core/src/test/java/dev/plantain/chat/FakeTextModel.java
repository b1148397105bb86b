package dev.plantain.chat;

import dev.plantain.image.Attempt;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.words.TextAnswer;
import dev.plantain.words.TextModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.UnaryOperator;

/** A text model that says what a test tells it to. Each answer costs something. */
final class FakeTextModel implements TextModel {
  static final long PRICE = 120;

  private final Queue<Script> scripts = new ArrayDeque<>();
  private final List<Question> questions = new ArrayList<>();
  private UnaryOperator<String> otherwise = _ -> "";

  /** What happens in one call. */
  interface Script {
    TextAnswer play(Question question) throws InterruptedException;
  }

  /** It answers this to all that no script is for. */
  synchronized void says(String words) {
    otherwise = _ -> words;
  }

  /** The same, by the instruction that it gets. */
  synchronized void obeys(UnaryOperator<String> byInstruction) {
    otherwise = byInstruction;
  }

  synchronized void plays(Script script) {
    scripts.add(script);
  }

  synchronized void fails(Problem problem, Optional<Duration> retryAfter) {
    plays(_ -> new TextAnswer.Failed(problem, retryAfter, "as told", List.of()));
  }

  synchronized List<Question> questions() {
    return List.copyOf(questions);
  }

  static TextAnswer said(String words) {
    return new TextAnswer.Said(words, List.of(paid()));
  }

  static Attempt paid() {
    return new Attempt("fake", "scribe", "", 0, PRICE, Attempt.Basis.TOKENS);
  }

  /** It has no room before that time. */
  synchronized void waits(Instant until) {
    plays(_ -> new TextAnswer.Waits(until, Problem.RATE_LIMITED));
  }

  @Override
  public Attempt perhaps(Question question) {
    return new Attempt("?", "scribe", "", 0, 3 * PRICE, Attempt.Basis.PERHAPS);
  }

  @Override
  public TextAnswer answer(Question question) throws InterruptedException {
    Optional<Script> script;
    synchronized (this) {
      questions.add(question);
      script = Optional.ofNullable(scripts.poll());
    }
    return script.isPresent()
        ? script.get().play(question)
        : said(otherwise.apply(question.instruction()));
  }
}
