package dev.plantain.app;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class TelegramWholeHouseIT extends WholeHouseContract {
  @Override
  GroupHouse newHouse(Path folder) throws Exception {
    return new TelegramHouse(folder);
  }
}
