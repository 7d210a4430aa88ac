# What another project finds with find_package(tcplab): the libraries, their headers, and
# tcplab/testing.h for its tests. `cmake --install BUILD --component development` installs it.
include(CMakePackageConfigHelpers)

set(headers ${CMAKE_INSTALL_INCLUDEDIR}/tcplab)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/tcplab)

target_include_directories(tcplab_sim PUBLIC
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    $<INSTALL_INTERFACE:${headers}>)
# Where the linker optimises, it finds its own form of them in the archives; others find code.
foreach(library tcplab_sim tcplab_capture)
    target_compile_options(${library} PRIVATE
        $<$<CXX_COMPILER_ID:GNU>:-ffat-lto-objects>)
endforeach()
install(TARGETS tcplab_options tcplab_sim tcplab_capture
    EXPORT tcplab
    ARCHIVE COMPONENT development)
install(EXPORT tcplab
    NAMESPACE tcplab::
    FILE tcplabTargets.cmake
    DESTINATION ${package}
    COMPONENT development)
install(DIRECTORY sim capture
    DESTINATION ${headers}
    COMPONENT development
    FILES_MATCHING PATTERN "*.h" PATTERN "testing.h" EXCLUDE)
install(FILES capture/testing.h DESTINATION ${headers} COMPONENT development)

write_basic_package_version_file(${PROJECT_BINARY_DIR}/tcplabConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES cmake/tcplabConfig.cmake ${PROJECT_BINARY_DIR}/tcplabConfigVersion.cmake
    DESTINATION ${package}
    COMPONENT development)
