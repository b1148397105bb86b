package dev.plantain.app;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DiscordWholeHouseIT extends WholeHouseContract {
  @Override
  GroupHouse newHouse(Path folder) throws Exception {
    return new DiscordHouse(folder);
  }
}
