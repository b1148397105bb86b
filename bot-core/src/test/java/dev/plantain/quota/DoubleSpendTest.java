package dev.plantain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.quota.QuotaDecision.Allowed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads at once on one database. */
class DoubleSpendTest {
  private static final int THREADS = 16;
  private static final int REQUESTS_OF_A_THREAD = 6;

  @TempDir Path folder;
  private Till till;

  @BeforeEach
  void open() {
    till = new Till(folder);
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void aLimitLetsPassExactlyAsManyAsItSays() throws Exception {
    till.rule(new Scope.Community(Till.COMMUNITY), "37/day");
    assertThat(allowedOf(requests(1))).isEqualTo(37);
  }

  @Test
  void aPriceIsNeverPaidOutOfRoomForLess() throws Exception {
    till.rule(new Scope.Members(Till.COMMUNITY), "1 USD/month");
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < THREADS * REQUESTS_OF_A_THREAD; i++) {
      requests.add(till.request(Till.ANN, 1, 30_001));
    }
    assertThat(allowedOf(requests)).isEqualTo(33);
  }

  @Test
  void creditsArePaidOutOnce() throws Exception {
    till.rule(new Scope.Members(Till.COMMUNITY), "0/day");
    till.grant(Till.ANN, Measure.PICTURES, 11);
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < THREADS * REQUESTS_OF_A_THREAD; i++) {
      requests.add(till.request(Till.ANN, 2, 0));
    }
    assertThat(allowedOf(requests)).isEqualTo(5);
    assertThat(till.own(Till.ANN)).isEqualTo(new Cost(1, 0));
  }

  @Test
  void aRequestThatComesFromAllSidesIsWrittenOnce() throws Exception {
    Request request = till.request(Till.ANN, 1, 40_000);
    assertThat(allowedOf(IntStream.range(0, THREADS).mapToObj(_ -> request).toList()))
        .isEqualTo(THREADS);
    assertThat(till.history()).hasSize(1);
  }

  @Test
  void ofSettlingAndReleasingAtOnceOneHappens() throws Exception {
    for (Request request : requests(1).subList(0, 20)) {
      till.reserve(request);
      List<Boolean> ended =
          atOnce(List.of(() -> till.settle(request, 1, 7), () -> till.release(request)));
      assertThat(ended).containsExactlyInAnyOrder(true, false);
    }
    AuditResult audit = till.read(till.ledger::audit);
    assertThat(audit).isInstanceOf(AuditResult.Agrees.class);
  }

  private List<Request> requests(long pictures) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < THREADS * REQUESTS_OF_A_THREAD; i++) {
      requests.add(till.request(i, pictures, 0));
    }
    return requests;
  }

  private long allowedOf(List<Request> requests) throws Exception {
    List<Callable<QuotaDecision>> calls = new ArrayList<>();
    requests.forEach(request -> calls.add(() -> till.reserve(request)));
    return atOnce(calls).stream().filter(decision -> decision instanceof Allowed).count();
  }

  /** Runs the calls on real threads that begin together. */
  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    int threads = Math.min(THREADS, calls.size());
    CyclicBarrier start = new CyclicBarrier(threads);
    List<T> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<List<T>>> futures = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread;
        futures.add(
            pool.submit(() -> {
              start.await();
              List<T> own = new ArrayList<>();
              for (int i = first; i < calls.size(); i += threads) {
                own.add(calls.get(i).call());
              }
              return own;
            }));
      }
      for (Future<List<T>> future : futures) {
        results.addAll(future.get());
      }
    }
    return results;
  }
}
