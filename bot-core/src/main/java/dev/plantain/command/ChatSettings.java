package dev.plantain.command;

import dev.plantain.command.ChatSettingCommand.Choice;
import dev.plantain.command.ChatSettingCommand.Matter;
import dev.plantain.image.Safety;
import dev.plantain.settings.Setting;
import dev.plantain.text.Message;
import java.util.List;
import java.util.Optional;

/** What moderators decide for their chats. */
final class ChatSettings {
  private static final Choice OFF = new Choice("off", new Message.ButtonOff());
  private static final Choice ON = new Choice("on", new Message.ButtonOn());

  private ChatSettings() {}

  static List<Matter> all() {
    return List.of(
        new Matter(
            Setting.LISTEN,
            new Message.NameListen(),
            new Message.DescribeListen(),
            Message.MenuListen::new,
            List.of(
                OFF,
                new Choice(
                    "on", new Message.ButtonOn(), Optional.of(new Message.ListeningIsDeaf())))),
        new Matter(
            Setting.SPOILER,
            new Message.NameSpoiler(),
            new Message.DescribeSpoiler(),
            Message.MenuSpoiler::new,
            List.of(OFF, ON)),
        new Matter(
            Setting.SAFETY,
            new Message.NameSafety(),
            new Message.DescribeSafety(),
            Message.MenuSafety::new,
            List.of(
                new Choice(Safety.USUAL.word(), new Message.ButtonUsual()),
                new Choice(Safety.STRICT.word(), new Message.ButtonStrict()),
                new Choice(Safety.RELAXED.word(), new Message.ButtonRelaxed()))),
        new Matter(
            Setting.BUTTONS,
            new Message.NameButtons(),
            new Message.DescribeButtons(),
            Message.MenuButtons::new,
            List.of(
                new Choice("everyone", new Message.ButtonEveryone()),
                new Choice("asker", new Message.ButtonAsker()))));
  }
}
