package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Roster;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformId;
import dev.plantain.platform.Sender;
import dev.plantain.quota.Caps;
import dev.plantain.quota.Ledger;
import dev.plantain.quota.PaidCall;
import dev.plantain.quota.Request;
import dev.plantain.quota.Spender;
import dev.plantain.storage.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UsageCommandTest {
  private static final PlatformId PLATFORM = new PlatformId("test");
  private static final Instant NOW = Instant.parse("2026-03-04T23:30:00Z");

  @TempDir Path folder;

  private String usage(String... arguments) throws IOException {
    Path settings = Files.writeString(folder.resolve("settings.yaml"), "data-dir: " + folder);
    StringWriter told = new StringWriter();
    CommandLine line =
        new CommandLine(new UsageCommand(() -> NOW))
            .setOut(new PrintWriter(told))
            .setErr(new PrintWriter(told));
    line.setExecutionExceptionHandler((failure, _, _) -> {
      told.append(failure.getMessage());
      return 1;
    });
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--config";
    all[arguments.length + 1] = settings.toString();
    line.execute(all);
    return told.toString();
  }

  private void pays(Database database, String name, long request, long microDollars) {
    Roster roster = new Roster();
    Ledger ledger = new Ledger(Caps.NONE);
    database.update(tx -> {
      long chat = roster.meet(tx, new Place(new ChatRef(PLATFORM, "group"), false)).id();
      Sender sender = new Sender(new MemberRef(PLATFORM, name), name, Optional.empty());
      Spender spender =
          new Spender(roster.meet(tx, sender).id(), chat, 1, PLATFORM.value(), Set.of());
      Request asked = new Request(request, spender, request, "nano", "1K", 1, microDollars);
      ledger.reserve(tx, asked, NOW);
      ledger.settle(tx, request, 1, microDollars, NOW);
    });
  }

  @Test
  void theOperatorSeesEverythingWhileTheBotRuns() throws IOException {
    try (Database database = Database.open(folder)) {
      pays(database, "ann", 1, 40_000);
      pays(database, "ann", 2, 40_000);
      pays(database, "=bob", 3, 1);

      assertThat(usage("--days", "7").lines().map(line -> line.replaceAll(" +", " ").strip()))
          .containsExactly(
              "pictures USD",
              "day 3 0.080001 2026-03-04",
              "model 3 0.080001 nano",
              "member 2 0.080000 ann",
              "member 1 0.000001 =bob",
              "total 3 0.080001");
      assertThat(usage("--csv", "--zone", "Europe/Copenhagen"))
          .isEqualTo(
              """
              \uFEFFof,name,pictures,usd\r
              day,2026-03-05,3,0.080001\r
              model,nano,3,0.080001\r
              member,ann,2,0.080000\r
              member,'=bob,1,0.000001\r
              total,,3,0.080001\r
              """);
    }
  }

  @Test
  void whatWasPaidForNothingStandsBelowByEndpointAndByHowItIsKnown() throws IOException {
    try (Database database = Database.open(folder)) {
      pays(database, "ann", 1, 40_000);
      owed(database, "gateway", 50_000, "perhaps", NOW);
      owed(database, "gateway", 50_000, "perhaps", NOW.minus(Duration.ofDays(6)));
      owed(database, "gateway", 700, "tokens", NOW);
      owed(database, "google", 800, "tokens", NOW);
      owed(database, "google", 9_000, "tokens", NOW.minus(Duration.ofDays(7)));
      database.update(tx ->
          new Ledger(Caps.NONE)
              .paid(tx, new PaidCall(1, "google", "nano", "", 1, 40_000, "listed", false), NOW));
    }
    assertThat(usage("--days", "7").lines().map(line -> line.replaceAll(" +", " ").strip()))
        .endsWith(
            "total 1 0.040000",
            "lost 0 0.100000 gateway, perhaps: 2 calls",
            "lost 0 0.000800 google, tokens: 1 call",
            "lost 0 0.000700 gateway, tokens: 1 call");
    assertThat(usage("--csv", "--days", "7"))
        .endsWith("lost,\"gateway, tokens: 1 call\",0,0.000700\r\n");
  }

  private static void owed(
      Database database, String endpoint, long microDollars, String basis, Instant at) {
    database.update(tx ->
        new Ledger(Caps.NONE)
            .paid(tx, new PaidCall(1, endpoint, "nano", "", 0, microDollars, basis, true), at));
  }

  @Test
  void aFolderWithoutADatabaseIsSaidToBeOne() throws IOException {
    assertThat(usage()).startsWith("There is no database yet.");
    assertThat(folder.resolve("plantain.db")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"--days,0", "--days,367", "--days,many", "--zone,Atlantis"})
  void whatCannotBeMeantIsRefused(String option, String value) throws IOException {
    assertThat(usage(option, value)).contains(option);
  }
}
