package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.Sender;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Cost;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A group whose moderator, bob, lets requests wait; at its end nothing is left reserved. */
abstract class ApprovalScene {
  static final Cost ONE = new Cost(1, Scene.PRICE);

  @TempDir Path folder;
  Scene scene;
  Sender ann;
  Sender bob;
  Sender carl;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    ann = scene.ann;
    bob = scene.bob;
    carl = Scene.person("carl");
    scene.platform.governs(bob.member());
  }

  @AfterEach
  void end() {
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    assertThat(scene.count("reservation")).isZero();
    scene.close();
  }

  /** What bob is told when he gives {@code /approve} with these words. */
  String rule(String words) {
    return commands(bob, scene.group, "approve", words).words();
  }

  FakePlatform.Post commands(Sender member, Place place, String name, String words) {
    MessageRef asked = scene.by(member).in(place).naming(ann).commands(name, words);
    scene.run();
    return scene.answerTo(asked);
  }

  MessageRef asks(Sender member, String words) {
    MessageRef asked = scene.by(member).toUs().says(words);
    scene.run();
    return asked;
  }

  String answer(MessageRef asked) {
    return scene.answerTo(asked).words();
  }

  boolean isPicture(MessageRef asked) {
    return scene.answerTo(asked).file().isPresent();
  }

  /** The cards on which moderators decide, or decided, in all chats. */
  List<FakePlatform.Post> decisions() {
    return scene.platform.posts().stream().filter(post -> post.key().startsWith("held:")).toList();
  }

  /** The latest of them. */
  FakePlatform.Post decision() {
    return decisions().getLast();
  }

  /** What somebody is told who presses a button of the latest of them. */
  String press(Sender member, String action) {
    return press(member, decision(), action);
  }

  String press(Sender member, FakePlatform.Post post, String action) {
    return press(member, scene.group, post, action);
  }

  String press(Sender member, Place place, FakePlatform.Post post, String action) {
    InteractionRef interaction = scene.press(member, place, post, action);
    scene.run();
    return scene.platform.answerTo(interaction).orElseThrow();
  }
}
