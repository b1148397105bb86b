package dev.plantain.quota;

import static dev.plantain.quota.Till.ANN;
import static dev.plantain.quota.Till.BOB;
import static dev.plantain.quota.Till.COMMUNITY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
  private static final Scope MEMBERS = new Scope.Members(COMMUNITY);

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
  void countsWhoWouldHaveMetTheRule() {
    spend(ANN, 3);
    spend(BOB, 1);
    till.advance(Duration.ofDays(1));
    spend(ANN, 1);
    assertThat(tried(MEMBERS, "1/day")).isEqualTo(new Trial.Result(5, 2, 2, 1));
    assertThat(tried(new Scope.Community(COMMUNITY), "2/day"))
        .isEqualTo(new Trial.Result(5, 2, 2, 2));
  }

  @Test
  void whoHasARuleOfTheirOwnOrABetterRoleIsNotRefused() {
    till.rule(new Scope.Member(COMMUNITY, ANN), "9/day");
    spend(ANN, 3);
    spend(BOB, 3);
    assertThat(tried(MEMBERS, "1/day")).isEqualTo(new Trial.Result(6, 2, 2, 1));
    till.rule(new Scope.Role(COMMUNITY, "artist"), "9/day");
    assertThat(trial(MEMBERS, "1/day", Map.of(BOB, Set.of("artist"))))
        .isEqualTo(new Trial.Result(6, 2, 0, 0));
  }

  @Test
  void whatIsOlderOrCameBackIsLeftOut() {
    spend(ANN, 2);
    till.advance(Trial.LENGTH.plusSeconds(1));
    Request released = till.request(ANN, 1, 0);
    till.reserve(released);
    till.release(released);
    assertThat(tried(MEMBERS, "0/day")).isEqualTo(new Trial.Result(0, 0, 0, 0));
  }

  @Test
  void aTrialChangesNothing() {
    spend(ANN, 2);
    tried(MEMBERS, "0/day");
    List<Rule> rules = till.read(reading -> till.allowances.ofCommunity(reading, COMMUNITY));
    assertThat(rules).isEmpty();
  }

  @Test
  void slotsAreThoseOfAPlainCount() {
    Random random = new Random(11);
    List<Instant> accepted = new ArrayList<>();
    List<Long> members = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      till.advance(Duration.ofSeconds(random.nextInt(4_000)));
      long member = 1L + random.nextInt(3);
      spend(member, 1);
      accepted.add(till.now);
      members.add(member);
    }
    till.advance(Duration.ofSeconds(1));
    Set<Integer> passed = new HashSet<>();
    for (int i = 0; i < accepted.size(); i++) {
      int at = i;
      Instant gone = accepted.get(i).minus(Duration.ofHours(5));
      long used =
          passed.stream()
              .filter(other -> members.get(other).equals(members.get(at)))
              .filter(other -> accepted.get(other).isAfter(gone))
              .count();
      if (used < 3) {
        passed.add(i);
      }
    }
    Trial.Result result = tried(MEMBERS, "3/5h");
    assertThat(result.requests()).isEqualTo(300);
    assertThat(result.refusedRequests()).isEqualTo(300L - passed.size()).isPositive();
  }

  private void spend(long member, int times) {
    for (int i = 0; i < times; i++) {
      till.reserve(till.request(member, 1, 0));
    }
  }

  private Trial.Result tried(Scope scope, String words) {
    return trial(scope, words, Map.of());
  }

  private Trial.Result trial(Scope scope, String words, Map<Long, Set<String>> roles) {
    return till.read(reading ->
        Trial.run(
            reading,
            scope,
            Till.allowance(words).getFirst(),
            member -> roles.getOrDefault(member, Set.of()),
            till.now.plusMillis(1)));
  }
}
