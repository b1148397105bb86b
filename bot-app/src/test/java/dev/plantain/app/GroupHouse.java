package dev.plantain.app;

import dev.plantain.image.gemini.LoopbackGemini;
import dev.plantain.image.gemini.ScriptedAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A group of two, Ann and Bob, on a platform of our own, a Gemini of our own, and the program
 * between them.
 */
interface GroupHouse extends AutoCloseable {

  /** What the bot shows in the group. */
  record Seen(String message, String words, Optional<byte[]> picture, Optional<String> replyTo) {}

  /** What the program asks the platform to do on the way of a request. */
  enum Step {
    POST_CARD,
    FETCH_PHOTO,
    SHOW_RESULT
  }

  /** A request that has arrived and is not answered until it is released. */
  record Hanging(CountDownLatch arrived, CountDownLatch released) {}

  LoopbackGemini gemini();

  RunningJar start();

  Map<String, String> environment();

  /** What the model answers. */
  ScriptedAnswer nightAnswer(String signature);

  byte[] night();

  /** Ann posts a photo and asks the bot for something. Returns her message. */
  String asks(String words) throws Exception;

  /** Ann posts a photo and says something about it to the others, and Bob answers her. */
  void chats(String words, String answer);

  /** Bob replies to what the bot shows. */
  void replies(Seen to, String words) throws Exception;

  /** Bob, who moderates the group, limits what each member may make. */
  void limits(String amount) throws Exception;

  /** Ann, whose group it is, lets requests wait that hold a word. */
  void holds(String word) throws Exception;

  /** Bob posts a photo and asks the bot for something. Returns his message. */
  String bobAsks(String words) throws Exception;

  /** Ann presses a button. */
  void presses(Seen on, String label) throws Exception;

  /** Waits until the bot shows a message with these words, and returns it. */
  Seen awaitWords(String words) throws Exception;

  /** Bob has the bot start over. */
  void startsOver() throws Exception;

  /** Ann has the copies of her pictures at the provider deleted. */
  void forgets() throws Exception;

  /** Waits until the bot shows this many pictures, and returns them. */
  List<Seen> awaitPictures(int count) throws Exception;

  /** Waits until the bot shows something. */
  void awaitPost() throws Exception;

  /** Waits until the bot shows this many messages beside its greeting, and returns them. */
  List<Seen> awaitPosts(int count) throws Exception;

  /** The next such step arrives, and waits there until it is released. */
  Hanging hangs(Step step);

  /** The next such step is done, and the answer is lost. */
  void losesTheAnswer(Step step);

  /** Waits until the platform has noticed that the program was killed. */
  void awaitGone();

  /** What the program did that the platform would not have let pass. */
  List<String> violations();

  @Override
  void close();
}
