package dev.ibex.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/ARCHITECTURE.md. */
@AnalyzeClasses(packages = "dev.ibex", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] PARTS = {
    "dev.ibex.activations..",
    "dev.ibex.initializers..",
    "dev.ibex.regularizers..",
    "dev.ibex.constraints.."
  };
  private static final String[] LEARNING = {
    "dev.ibex.losses..", "dev.ibex.metrics..", "dev.ibex.optimizers.."
  };
  private static final String[] OUTER = {
    "dev.ibex",
    "dev.ibex.applications..",
    "dev.ibex.callbacks..",
    "dev.ibex.config..",
    "dev.ibex.data..",
    "dev.ibex.framework..",
    "dev.ibex.pictures.."
  };

  @ArchTest
  static final ArchRule no_package_cycles =
      slices().matching("dev.ibex.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule graph_knows_no_model =
      noClasses()
          .that()
          .resideInAPackage("dev.ibex.graph..")
          .should()
          .dependOnClassesThat(
              com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("dev.ibex..")
                  .and(
                      com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage(
                          "dev.ibex.graph.."))
                  .as("classes of the model API"));

  @ArchTest
  static final ArchRule core_knows_only_graph =
      noClasses()
          .that()
          .resideInAPackage("dev.ibex.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              all(PARTS, LEARNING, OUTER, new String[] {"dev.ibex.layers..", "dev.ibex.ops.."}));

  @ArchTest
  static final ArchRule operations_are_reached_as_a_service =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.ibex.ops..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ibex.ops..");

  @ArchTest
  static final ArchRule operations_know_only_contracts_parts_and_losses =
      noClasses()
          .that()
          .resideInAPackage("dev.ibex.ops..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              all(
                  OUTER,
                  new String[] {
                    "dev.ibex.layers..", "dev.ibex.metrics..", "dev.ibex.optimizers.."
                  }));

  @ArchTest
  static final ArchRule parts_know_neither_layers_nor_learning =
      noClasses()
          .that()
          .resideInAnyPackage(PARTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(all(LEARNING, OUTER, new String[] {"dev.ibex.layers.."}));

  @ArchTest
  static final ArchRule layers_know_neither_learning_nor_models =
      noClasses()
          .that()
          .resideInAPackage("dev.ibex.layers..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(all(LEARNING, OUTER, new String[] {}));

  @ArchTest
  static final ArchRule learning_knows_no_layers_or_models =
      noClasses()
          .that()
          .resideInAnyPackage(LEARNING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(all(OUTER, new String[] {"dev.ibex.layers.."}));

  @ArchTest
  static final ArchRule models_know_only_contracts =
      noClasses()
          .that()
          .resideInAPackage("dev.ibex")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              all(
                  PARTS,
                  LEARNING,
                  new String[] {
                    "dev.ibex.layers..",
                    "dev.ibex.callbacks..",
                    "dev.ibex.config..",
                    "dev.ibex.data..",
                    "dev.ibex.framework..",
                    "dev.ibex.savedmodel.."
                  }));

  @ArchTest
  static final ArchRule pictures_know_only_contracts =
      noClasses()
          .that()
          .resideInAPackage("dev.ibex.pictures..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              all(
                  PARTS,
                  LEARNING,
                  new String[] {
                    "dev.ibex",
                    "dev.ibex.layers..",
                    "dev.ibex.callbacks..",
                    "dev.ibex.config..",
                    "dev.ibex.data.."
                  }));

  @ArchTest
  static final ArchRule only_pictures_see_what_draws =
      noClasses()
          .that()
          .resideInAPackage("dev.ibex..")
          .and()
          .resideOutsideOfPackages("dev.ibex.pictures..", "dev.ibex.examples..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.awt..",
              "javax.imageio..",
              "org.knowm..",
              "org.eclipse.elk..",
              "org.apache.batik..");

  @ArchTest
  static final ArchRule only_config_sees_jackson =
      noClasses()
          .that()
          .resideInAnyPackage("dev.ibex..")
          .and()
          .resideOutsideOfPackages("dev.ibex.config..", "dev.ibex.savedmodel..", "dev.ibex.tests..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule only_graph_opens_sessions =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.ibex.graph..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.tensorflow.Session");

  @ArchTest
  static final ArchRule layers_are_final =
      classes()
          .that()
          .resideInAPackage("dev.ibex.layers..")
          .and()
          .areAssignableTo(dev.ibex.core.Layer.class)
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .should()
          .haveModifier(JavaModifier.FINAL)
          .andShould()
          .bePublic();

  @ArchTest
  static final ArchRule bases_of_layers_are_not_public =
      classes()
          .that()
          .resideInAPackage("dev.ibex.layers..")
          .and()
          .areAssignableTo(dev.ibex.core.Layer.class)
          .and()
          .haveModifier(JavaModifier.ABSTRACT)
          .should()
          .bePackagePrivate();

  private static String[] all(String[]... parts) {
    return java.util.Arrays.stream(parts).flatMap(java.util.Arrays::stream).toArray(String[]::new);
  }
}
