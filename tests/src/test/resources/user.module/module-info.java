module user.module {
  requires dev.ibex.api;

  opens user;
}
