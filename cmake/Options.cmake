# Flags as interface targets, so that nothing in this project touches CMAKE_CXX_FLAGS.
add_library(tcplab_options INTERFACE)
add_library(tcplab::options ALIAS tcplab_options)
set_target_properties(tcplab_options PROPERTIES EXPORT_NAME options)
target_compile_features(tcplab_options INTERFACE cxx_std_20)

add_library(tcplab_warnings INTERFACE)
add_library(tcplab::warnings ALIAS tcplab_warnings)
target_compile_options(tcplab_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
    # What g++ 12 says of null and uninitialized values in its own inlined strings and optionals is
    # not so.
    $<$<CXX_COMPILER_ID:Clang>:-Wnull-dereference>
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op
                             -Wno-maybe-uninitialized>
    $<$<BOOL:${TCPLAB_WERROR}>:-Werror>)

if(TCPLAB_SANITIZE)
    # A finding ends the program.
    target_compile_options(tcplab_options INTERFACE
        -fsanitize=${TCPLAB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(tcplab_options INTERFACE -fsanitize=${TCPLAB_SANITIZE})
endif()

find_program(TCPLAB_CCACHE ccache)
if(TCPLAB_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${TCPLAB_CCACHE})
endif()

if(CMAKE_CXX_CLANG_TIDY)
    # What moc and uic write is not ours to tidy; clang-tidy refuses to run without any check.
    file(WRITE ${PROJECT_BINARY_DIR}/.clang-tidy "Checks: '-*,llvm-twine-local'\n")
endif()
