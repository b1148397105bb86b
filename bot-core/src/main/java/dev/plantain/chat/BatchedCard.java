package dev.plantain.chat;

/** A request of a batch, with its card as it stands now. */
record BatchedCard(BatchStore.Item item, CardEntry card) {
  boolean open() {
    return card.state().open();
  }
}
