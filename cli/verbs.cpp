#include "cli/verbs.h"

namespace tcplab::cli {

void addVerbs(CLI::App& app, int& exitCode) {
    addAnalyze(app, exitCode);
    addFrame(app, exitCode);
    addLayers(app, exitCode);
    addDrill(app, exitCode);
    addSimulate(app, exitCode);
    addDiff(app, exitCode);
    addCheck(app, exitCode);
    addCut(app, exitCode);
    addGui(app, exitCode);
}

}  // namespace tcplab::cli
