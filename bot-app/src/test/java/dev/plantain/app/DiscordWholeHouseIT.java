package dev.plantain.app;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DiscordWholeHouseIT extends WholeHouseContract {
  @Override
  GroupHouse newHouse(Path folder) throws IOException {
    return new DiscordHouse(folder);
  }
}
