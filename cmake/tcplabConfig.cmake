# Gives tcplab::sim and tcplab::capture. Static libraries, so that what they stand on is needed too.
include(CMakeFindDependencyMacro)
find_dependency(fmt)
find_dependency(PkgConfig)
find_dependency(tomlplusplus)
find_dependency(tsl-robin-map)
pkg_check_modules(libpcap REQUIRED IMPORTED_TARGET libpcap)
pkg_check_modules(compression REQUIRED IMPORTED_TARGET zlib libzstd liblz4)
include(${CMAKE_CURRENT_LIST_DIR}/tcplabTargets.cmake)
