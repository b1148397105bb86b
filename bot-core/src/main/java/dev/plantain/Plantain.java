package dev.plantain;

import dev.plantain.chat.ChatAssembly;
import dev.plantain.job.JobRunner;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.EventSink;
import java.util.List;
import java.util.Optional;

/**
 * The assembled core: the path of a request, the jobs that run it, and the platforms that it
 * serves.
 */
public final class Plantain implements AutoCloseable {
  private final List<ChatPlatform> platforms;
  private final ChatAssembly chat;
  private final JobRunner runner;

  public Plantain(
      ChatAssembly.Rules rules, ChatAssembly.Ground ground, List<ChatPlatform> platforms) {
    this.platforms = List.copyOf(platforms);
    Handles handles = new Handles();
    this.chat = new ChatAssembly(rules, ground, this.platforms, handles::wake, handles::interrupt);
    this.runner = new JobRunner(ground.database(), ground.jobs(), ground.clock(), chat.handlers());
    handles.runner = Optional.of(runner);
  }

  /** Lets the path reach the runner of its jobs, which is made after it. */
  private static final class Handles {
    private volatile Optional<JobRunner> runner = Optional.empty();

    private void wake() {
      runner.ifPresent(JobRunner::wake);
    }

    private void interrupt(long job) {
      runner.ifPresent(known -> known.interrupt(job));
    }
  }

  /**
   * Takes up what an earlier process left, then begins to listen. Returns once every platform has
   * let us in.
   */
  public void start() {
    resume();
    platforms.forEach(this::listen);
  }

  /** Takes up what an earlier process left; nothing is listened to yet. */
  public void resume() {
    chat.recover();
    runner.start();
    chat.showProgress();
  }

  /** Begins to listen to one of our platforms. Returns once it has let us in. */
  public void listen(ChatPlatform platform) {
    platform.start(chat.sink(), chat.commands());
  }

  /** Where events go in, for whoever hands them in without being a platform. */
  public EventSink sink() {
    return chat.sink();
  }

  /** For tests, which drive the jobs and the progress by hand instead of calling {@link #start}. */
  public JobRunner runner() {
    return runner;
  }

  /** For tests: shows now what is new on the cards. */
  public void showProgressOnce() {
    chat.showProgressOnce();
  }

  /**
   * Stops listening, then ends the steps that are running; they are taken up again at the next
   * start.
   */
  @Override
  public void close() {
    platforms.forEach(ChatPlatform::close);
    chat.stopProgress();
    runner.close();
  }
}
