package dev.plantain.app;

/** One line of an examination. */
sealed interface Finding {

  /** All is well. */
  record Fine(String about, String state) implements Finding {
    @Override
    public String toString() {
      return "ok    " + about + ": " + state;
    }
  }

  /** It works, but the operator should know something. */
  record Notice(String about, String state, String advice) implements Finding {
    @Override
    public String toString() {
      return "note  " + about + ": " + state + " " + advice;
    }
  }

  /** It does not work. */
  record Fault(String about, String problem, String remedy) implements Finding {
    @Override
    public String toString() {
      return "FAULT " + about + ": " + problem + " " + remedy;
    }
  }
}
