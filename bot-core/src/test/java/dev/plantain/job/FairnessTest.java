package dev.plantain.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairnessTest {
  @TempDir Path folder;
  private JobTable table;
  private int accepted;

  @BeforeEach
  void open() {
    table = new JobTable(folder);
  }

  @AfterEach
  void close() {
    table.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 9})
  void nobodysTenthGoesBeforeANewcomersFirst(int alreadyBegun) {
    for (int i = 0; i < 10; i++) {
      accept("hog");
    }
    for (int i = 0; i < alreadyBegun; i++) {
      assertThat(claim()).isEqualTo("hog");
    }
    accept("newcomer");
    int hogs = 0;
    while (claim().equals("hog")) {
      hogs++;
    }
    assertThat(alreadyBegun + hogs).isLessThan(10);
    assertThat(hogs).isLessThanOrEqualTo(1);
  }

  @Test
  void newcomersWhoKeepComingDoNotStarveAnybody() {
    for (int i = 0; i < 5; i++) {
      accept("hog");
    }
    int hogs = 0;
    accept("ann");
    accept("bob");
    for (int i = 0; i < 30; i++) {
      String claimed = claim();
      if (claimed.equals("hog")) {
        hogs++;
      } else {
        accept(claimed);
      }
    }
    assertThat(hogs).isEqualTo(5);
  }

  @Test
  void whoWasAwayHasNotSavedUpAnything() {
    for (int i = 0; i < 50; i++) {
      accept("busy");
      claim();
    }
    for (int i = 0; i < 10; i++) {
      accept("returning");
      accept("busy");
    }
    Map<String, Integer> claims = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      claims.merge(claim(), 1, Integer::sum);
    }
    assertThat(claims.get("busy")).isBetween(4, 6);
  }

  @Test
  void theQueuesOfKindsDoNotDisturbEachOther() {
    for (int i = 0; i < 30; i++) {
      accept("hog");
      claim();
    }
    table.accept("other hog", "deliver", "lane a", "hog");
    table.accept("other ann", "deliver", "lane b", "ann");
    assertThat(table.claim("deliver", "us").map(Job::tenant)).contains("hog");
    assertThat(table.claim("deliver", "us").map(Job::tenant)).contains("ann");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whileTwoWaitNeitherGetsAheadByMoreThanTwo(long seed) {
    Random random = new Random(seed);
    List<String> tenants = List.of("ann", "bob", "cem", "dee", "eve");
    int[] waiting = new int[tenants.size()];
    int[][] ahead = new int[tenants.size()][tenants.size()];
    for (int step = 0; step < 300; step++) {
      int tenant = (int) Math.abs(random.nextGaussian() * 2) % tenants.size();
      int burst = random.nextInt(10) == 0 ? 8 : random.nextInt(2);
      for (int i = 0; i < burst; i++) {
        accept(tenants.get(tenant));
      }
      waiting[tenant] += burst;
      if (Arrays.stream(waiting).sum() == 0) {
        continue;
      }
      int claimed = tenants.indexOf(claim());
      for (int other = 0; other < tenants.size(); other++) {
        if (waiting[other] == 0) {
          ahead[claimed][other] = 0;
          ahead[other][claimed] = 0;
        } else if (other != claimed) {
          ahead[claimed][other]++;
          ahead[other][claimed]--;
          assertThat(ahead[claimed][other])
              .as("seed %d, step %d", seed, step)
              .isLessThanOrEqualTo(2);
        }
      }
      if (--waiting[claimed] == 0) {
        for (int other = 0; other < tenants.size(); other++) {
          ahead[claimed][other] = 0;
          ahead[other][claimed] = 0;
        }
      }
    }
  }

  private void accept(String tenant) {
    int number = accepted++;
    table.accept("job" + number, "draw", "lane" + number, tenant);
  }

  private String claim() {
    Job job = table.claim("draw", "us").orElseThrow();
    table.end(job, Ending.done());
    return job.tenant();
  }
}
