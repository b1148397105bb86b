package dev.plantain.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A model that takes no time: it answers from a file. The first piece of the path says from which.
 */
final class ModelDouble implements AutoCloseable {
  private final LoopbackHttp http;
  private final Path folder;
  private final List<Long> answered = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile long openedNanos;

  ModelDouble(Path folder) throws IOException {
    this.folder = folder;
    for (Samples.Answer answer : Samples.Answer.values()) {
      answer.body(folder);
    }
    this.http = new LoopbackHttp(this::answer);
  }

  /** In a process of its own, so that its work is not counted: prints where it listens. */
  public static void main(String[] arguments) throws Exception {
    try (ModelDouble model = new ModelDouble(Path.of(arguments[0]))) {
      System.out.println(model.http.address());
      System.out.flush();
      // Ends with whoever started it.
      while (System.in.read() >= 0) {}
    }
  }

  URI baseUrl(Samples.Answer answer) {
    return at(http.address(), answer);
  }

  static URI at(URI server, Samples.Answer answer) {
    return URI.create(server + "/" + answer.label());
  }

  /** From now on it answers nobody before so many have asked. */
  void gather(int requests) {
    gate = new CountDownLatch(requests);
  }

  /** When the last of those had asked. */
  long openedNanos() {
    return openedNanos;
  }

  /** When each answer had been written to its end. */
  List<Long> answeredNanos() {
    return answered;
  }

  private void answer(LoopbackHttp.Request request, LoopbackHttp.Reply reply)
      throws IOException, InterruptedException {
    CountDownLatch all = gate;
    all.countDown();
    if (all.getCount() == 0 && openedNanos == 0) {
      openedNanos = System.nanoTime();
    }
    all.await();
    reply.file(body(request.path().split("/", -1)[1]));
    answered.add(System.nanoTime());
  }

  private Path body(String label) throws IOException {
    for (Samples.Answer answer : Samples.Answer.values()) {
      if (answer.label().equals(label)) {
        return answer.body(folder);
      }
    }
    return Spoken.valueOf(label).body(folder);
  }

  @Override
  public void close() {
    http.close();
  }
}
